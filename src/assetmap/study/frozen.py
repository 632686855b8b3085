"""What every part of ``study.toml`` is made of: frozen models, and numbers with their bounds."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(gt=0)]
LonLat = tuple[float, float]


class Frozen(BaseModel):
    """Settings are read once and never changed; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
