// The matmul benchmark in Chromium and in Node, one after the other so that their ratio means something:
//   npm run bench:browser -- [--all] [--sizes 256,512,1024] [--chromium | --node]
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findChrome, quietArgs, webgpuArgs } from '../scripts/find_chrome.mjs';
import { benchMatmul, matmulLine, type MatmulBenchOptions, type MatmulFigure } from '../src/bench/matmul_bench';
import { nodeGpu } from '../src/headless/node_gpu';

const flags = process.argv.slice(2);
const sizes = flags[flags.indexOf('--sizes') + 1];
const options: MatmulBenchOptions = {
  sizes: flags.includes('--sizes') && sizes !== undefined ? sizes.split(',').map(Number) : [256, 512, 1024],
  kernels: flags.includes('--all') ? 'all' : 'chosen',
};

if (!flags.includes('--node')) print('Chromium', await inChromium());
if (!flags.includes('--chromium')) {
  const gpu = await nodeGpu();
  print('Node', { adapter: gpu.adapter.name, figures: await benchMatmul(gpu, options) });
}
process.exit(0);

async function inChromium(): Promise<{ adapter: string; figures: MatmulFigure[] }> {
  const executablePath = findChrome();
  if (executablePath === undefined) throw new Error('no Chrome or Chromium was found: npm test installs one');
  const server = await createServer({
    configFile: false, root: process.cwd(), logLevel: 'error', appType: 'mpa', optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath, args: ['--headless=new', ...quietArgs(), ...webgpuArgs()] });
  try {
    const page = await browser.newPage();
    await page.goto(new URL('bench/matmul_page.html', server.resolvedUrls?.local[0]).href);
    await page.waitForFunction(() => globalThis.matmulPage !== undefined);
    return await page.evaluate((given) => {
      if (globalThis.matmulPage === undefined) throw new Error('the page has no benchmark');
      return globalThis.matmulPage.run(given);
    }, options);
  } finally {
    await browser.close();
    await server.close();
  }
}

function print(where: string, { adapter, figures }: { adapter: string; figures: readonly MatmulFigure[] }): void {
  console.log(`${where}, ${adapter}`);
  for (const figure of figures) console.log(`  ${matmulLine(figure)}`);
}
