// combine_backward_share: one workgroup takes one (token, k) entry; its threads stride over the channels.
//   dshare_i = Σ_c dout_nc · inp_slotOf_i,c, n = i / K     (written; 0 where the entry has no slot)
struct Params { SIZE: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;          // (N, C)
@group(0) @binding(2) var<storage, read> inp: array<f32>;           // (R, C)
@group(0) @binding(3) var<storage, read> slotOf: array<u32>;        // (SIZE), SIZE = N · K
@group(0) @binding(4) var<storage, read_write> dshare: array<f32>;  // (SIZE)

const NONE = 0xffffffffu;
override WG: u32 = 32;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = wid.x + wid.y * num.x;
  if (i >= params.SIZE) { return; }
  let s = slotOf[i];
  var sum = 0.0;
  if (s != NONE) {
    let n = i / params.K;
    for (var c = lane; c < params.C; c += WG) { sum += dout[n * params.C + c] * inp[s * params.C + c]; }
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { dshare[i] = partial[0]; }
}
