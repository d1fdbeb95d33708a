// drift_sum: one workgroup adds up one expert's spans.
//   value_row,e = Σ_j partials_ej     (written)
struct Params { spans: u32, row: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;     // (E, spans)
@group(0) @binding(2) var<storage, read_write> value: array<f32>;  // (rows, E)

override WG: u32 = 32;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var j = lane; j < params.spans; j += WG) { sum += partials[wid.x * params.spans + j]; }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { value[params.row * num.x + wid.x] = partial[0]; }
}
