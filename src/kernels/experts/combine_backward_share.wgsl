// combine_backward_share: LANES threads take one (token, k) entry, striding over the channels; a workgroup takes ROWS entries.
//   dshare_i = Σ_c dout_nc · inp_slotOf_i,c, n = i / K     (written; 0 where the entry has no slot)
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { SIZE: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<Element>;      // (N, C)
@group(0) @binding(2) var<storage, read> inp: array<Element>;       // (R, C)
@group(0) @binding(3) var<storage, read> slotOf: array<u32>;        // (SIZE), SIZE = N · K
@group(0) @binding(4) var<storage, read_write> dshare: array<f32>;  // (SIZE)

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
  var sum = Element();
  if (i < params.SIZE && slotOf[i] != NONE) {
    let token = i / params.K * params.C;
    let slot = slotOf[i] * params.C;
    for (var c = lane; c < params.C; c += LANES) { sum += dout[token + c] * inp[slot + c]; }
  }
  partial[thread] = total(sum);
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  if (lane == 0 && i < params.SIZE) { dshare[i] = partial[thread]; }
}
