"""Training of the careful pass: vocabulary, start, distillation, heads, export, in resumable steps."""
