/** All that crosses between page and engine, in both directions: plain values that a message can carry. */
export * from './answering';
export * from './commands';
export * from './events';
export * from './names';
export * from './owning';
export * from './running';
