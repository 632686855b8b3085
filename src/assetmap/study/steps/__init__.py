"""The steps: one short function a stage; they join rooms and do no arithmetic."""
