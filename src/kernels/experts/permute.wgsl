// permute: one workgroup places every (token, k) entry in its expert's block of slots, in (token, k) order.
//   offsets_e = Σ_(f < e) |{i : index_i = f}|;   slotOf_i = offsets_e + |{j < i : index_j = e}|, e = index_i;   sourceOf_slotOf_i = i
// Each thread owns one contiguous stretch of entries: it counts them, the counts are scanned over the threads in order, and
// it places them from its start. Nothing depends on timing. Entries whose index is no expert (padding) get slot NONE and
// no place; sourceOf from offsets_E on keeps what it held.
struct Params { SIZE: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> index: array<u32>;           // (SIZE), SIZE = N · K
@group(0) @binding(2) var<storage, read_write> offsets: array<u32>;   // (E + 1)
@group(0) @binding(3) var<storage, read_write> slotOf: array<u32>;    // (SIZE)
@group(0) @binding(4) var<storage, read_write> sourceOf: array<u32>;  // (R), R = SIZE

const E: u32 = 3u;
const NONE = 0xffffffffu;
override WG: u32 = 64;
override STARTS: u32 = 192; // E · WG
var<workgroup> starts: array<u32, STARTS>; // (E, WG): counts, then exclusive prefix sums within the expert
var<workgroup> totals: array<u32, E>;

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  let stretch = (params.SIZE + WG - 1) / WG;
  let first = min(lane * stretch, params.SIZE);
  let end = min(first + stretch, params.SIZE);
  var at: array<u32, E>;
  for (var i = first; i < end; i++) {
    let e = index[i];
    if (e < E) { at[e] += 1; }
  }
  for (var e = 0u; e < E; e++) { starts[e * WG + lane] = at[e]; }
  workgroupBarrier();
  if (lane < E) {
    var sum = 0u;
    for (var j = lane * WG; j < (lane + 1) * WG; j++) {
      let count = starts[j];
      starts[j] = sum;
      sum += count;
    }
    totals[lane] = sum;
  }
  workgroupBarrier();
  var base = 0u;
  for (var e = 0u; e < E; e++) {
    if (lane == 0) { offsets[e] = base; }
    at[e] = base + starts[e * WG + lane];
    base += totals[e];
  }
  if (lane == 0) { offsets[E] = base; }
  for (var i = first; i < end; i++) {
    let e = index[i];
    if (e >= E) {
      slotOf[i] = NONE;
      continue;
    }
    slotOf[i] = at[e];
    sourceOf[at[e]] = i;
    at[e] += 1;
  }
}
