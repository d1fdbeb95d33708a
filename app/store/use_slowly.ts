import { useEffect, useState } from 'react';

/** The value, but a change is shown only when the one before it has stood for `stands` milliseconds. */
export function useSlowly<Value>(value: Value, stands: number): Value {
  const [shown, setShown] = useState({ value, since: 0 });
  useEffect(() => {
    if (shown.value === value) return;
    const wait = Math.max(0, shown.since + stands - performance.now());
    const timer = setTimeout(() => { setShown({ value, since: performance.now() }); }, wait);
    return () => { clearTimeout(timer); };
  }, [value, shown, stands]);
  return shown.value;
}
