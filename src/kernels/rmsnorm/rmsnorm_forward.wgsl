// rmsnorm_forward: one workgroup normalises one row; its threads stride over the channels.
//   rstd_n = 1 / sqrt(mean_c(inp_nc²) + eps);   out_nc = inp_nc · rstd_n · weight_c
// rstd is saved for backward.
struct Params { N: u32, C: u32, eps: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;         // (N, C)
@group(0) @binding(2) var<storage, read> weight: array<f32>;      // (C)
@group(0) @binding(3) var<storage, read_write> out: array<f32>;   // (N, C)
@group(0) @binding(4) var<storage, read_write> rstd: array<f32>;  // (N)

override WG: u32 = 64;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = wid.x + wid.y * num.x;
  if (n >= params.N) { return; }
  var sum = 0.0;
  for (var c = lane; c < params.C; c += WG) {
    let x = inp[n * params.C + c];
    sum += x * x;
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  let r = inverseSqrt(partial[0] / f32(params.C) + params.eps);
  if (lane == 0) { rstd[n] = r; }
  for (var c = lane; c < params.C; c += WG) {
    out[n * params.C + c] = inp[n * params.C + c] * r * weight[c];
  }
}
