"""Acts on 委托执法: concluding and revoking."""
