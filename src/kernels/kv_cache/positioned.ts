/** An op whose rows stand somewhere in a longer sequence: generation moves it forward token by token. */
export interface Positioned {
  /**
   * The position of row t = 0 in all later submits, 0 at first.
   * @throws RangeError when the rows would pass the end of the cache.
   */
  setPosition(position: number): void;
}
