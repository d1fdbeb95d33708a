// drift_forward: one workgroup sums one span of one expert; its threads stride over it. The grid is (spans, E).
//   partials_ej = Σ_(i in span j) (weight_ei − start_ei)²; drift_sum adds the spans up.
// Where n divides by 4, elements are vec4f and n counts fours.
alias Element = f32;
struct Params { n: u32, SPAN: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<Element>;      // (E, n)
@group(0) @binding(2) var<storage, read> start: array<Element>;       // (E, n)
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;  // (E, spans)

override WG: u32 = 32;
var<workgroup> partial: array<f32, WG>;

fn total(x: Element) -> f32 { return x; }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = min((wid.x + 1) * params.SPAN, params.n);
  var sum = Element();
  for (var i = wid.x * params.SPAN + lane; i < end; i += WG) {
    let change = weight[wid.y * params.n + i] - start[wid.y * params.n + i];
    sum += change * change;
  }
  partial[lane] = total(sum);
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { partials[wid.y * num.x + wid.x] = partial[0]; }
}
