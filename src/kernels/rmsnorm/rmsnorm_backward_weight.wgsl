// rmsnorm_backward_weight: one thread sums one channel over all rows, in row order.
//   dweight_c += Σ_n dout_nc · inp_nc · rstd_n
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;           // (N, C)
@group(0) @binding(2) var<storage, read> inp: array<f32>;            // (N, C)
@group(0) @binding(3) var<storage, read> rstd: array<f32>;           // (N)
@group(0) @binding(4) var<storage, read_write> dweight: array<f32>;  // (C)

override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) gid: vec3u) {
  let c = gid.x;
  if (c >= params.C) { return; }
  var sum = 0.0;
  for (var n = 0u; n < params.N; n++) {
    sum += dout[n * params.C + c] * inp[n * params.C + c] * rstd[n];
  }
  dweight[c] += sum;
}
