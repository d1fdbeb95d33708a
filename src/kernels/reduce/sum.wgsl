// sum: one workgroup; each thread sums every WG-th element in order, then a tree sums the threads. The order is fixed.
//   out_0 = Σ_i inp_i
struct Params { n: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (n)
@group(0) @binding(2) var<storage, read_write> out: array<f32>;  // (1)

override WG: u32 = 256;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var i = lane; i < params.n; i += WG) { sum += inp[i]; }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { out[0] = partial[0]; }
}
