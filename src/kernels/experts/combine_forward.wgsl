// combine_forward: one workgroup takes one token and mixes its experts' outputs, in k order.
//   out_n = Σ_k share_nk · inp_slotOf_nk     (0 where no slot belongs to the token)
struct Params { N: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (R, C)
@group(0) @binding(2) var<storage, read> share: array<f32>;      // (N, K)
@group(0) @binding(3) var<storage, read> slotOf: array<u32>;     // (N, K)
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (N, C)

const NONE = 0xffffffffu;
override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = wid.x + wid.y * num.x;
  if (n >= params.N) { return; }
  for (var c = lane; c < params.C; c += WG) {
    var sum = 0.0;
    for (var i = n * params.K; i < (n + 1) * params.K; i++) {
      let s = slotOf[i];
      if (s != NONE) { sum += share[i] * inp[s * params.C + c]; }
    }
    out[n * params.C + c] = sum;
  }
}
