// gather_backward: one workgroup takes one token and collects the gradients of its slots through slotOf, in k order.
//   dinp_n = Σ_k dout_slotOf_nk     (written, not added; 0 where no slot belongs to the token)
struct Params { N: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;        // (R, C)
@group(0) @binding(2) var<storage, read> slotOf: array<u32>;      // (N, K)
@group(0) @binding(3) var<storage, read_write> dinp: array<f32>;  // (N, C)

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
      if (s != NONE) { sum += dout[s * params.C + c]; }
    }
    dinp[n * params.C + c] = sum;
  }
}
