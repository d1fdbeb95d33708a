// rmsnorm_backward_inp: one workgroup takes one row, as in forward.
//   dinp_nc += rstd_n · (dout_nc · weight_c − inp_nc · rstd_n² · mean_c(dout_nc · weight_c · inp_nc))
// dinp is the residual stream's gradient, which the row's skip connection has already filled: hence +=.
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;        // (N, C)
@group(0) @binding(2) var<storage, read> inp: array<f32>;         // (N, C)
@group(0) @binding(3) var<storage, read> weight: array<f32>;      // (C)
@group(0) @binding(4) var<storage, read> rstd: array<f32>;        // (N)
@group(0) @binding(5) var<storage, read_write> dinp: array<f32>;  // (N, C)

override WG: u32 = 64;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = wid.x + wid.y * num.x;
  if (n >= params.N) { return; }
  var sum = 0.0;
  for (var c = lane; c < params.C; c += WG) {
    let i = n * params.C + c;
    sum += dout[i] * weight[c] * inp[i];
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  let r = rstd[n];
  let mean = partial[0] / f32(params.C);
  for (var c = lane; c < params.C; c += WG) {
    let i = n * params.C + c;
    dinp[i] += r * (dout[i] * weight[c] - inp[i] * r * r * mean);
  }
}
