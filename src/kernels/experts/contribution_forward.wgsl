// contribution_forward: LANES threads take one entry of a token, striding over the channels; a workgroup takes ROWS entries.
//   norm_nk = |share_nk| · √Σ_c inp_slotOf_nk,c²  for k < K (0 where no slot belongs to the entry),  norm_nK = √Σ_c stream_nc²
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { SIZE: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Element>;     // (R, C)
@group(0) @binding(2) var<storage, read> share: array<f32>;       // (N, K)
@group(0) @binding(3) var<storage, read> slotOf: array<u32>;      // (N, K)
@group(0) @binding(4) var<storage, read> stream: array<Element>;  // (N, C)
@group(0) @binding(5) var<storage, read_write> norm: array<f32>;  // (SIZE), SIZE = N · (K + 1)

const NONE = 0xffffffffu;
override LANES: u32 = 32;
override ROWS: u32 = 2;
override WG: u32 = LANES * ROWS;
var<workgroup> partial: array<f32, WG>;

fn total(x: Element) -> f32 { return x; }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let i = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  let n = i / (params.K + 1);
  let k = i % (params.K + 1);
  var sum = Element();
  var weight = 1.0;
  if (i < params.SIZE && k == params.K) {
    for (var c = lane; c < params.C; c += LANES) { sum += stream[n * params.C + c] * stream[n * params.C + c]; }
  } else if (i < params.SIZE && slotOf[n * params.K + k] != NONE) {
    let slot = slotOf[n * params.K + k] * params.C;
    weight = abs(share[n * params.K + k]);
    for (var c = lane; c < params.C; c += LANES) { sum += inp[slot + c] * inp[slot + c]; }
  }
  partial[thread] = total(sum);
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  if (lane == 0 && i < params.SIZE) { norm[i] = weight * sqrt(partial[thread]); }
}
