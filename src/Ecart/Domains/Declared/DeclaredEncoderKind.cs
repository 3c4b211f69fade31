namespace Ecart.Domains.Declared;

/// <summary>How a field becomes floats of the embedding. A value that is unknown is 0 in all of them.</summary>
public enum DeclaredEncoderKind
{
    /// <summary>One float: (x − center) / scale.</summary>
    Linear,

    /// <summary>One float: sign(x) · ln(1 + |x|) / scale.</summary>
    Log,

    /// <summary>Two floats: sine and cosine of 2π · x / period.</summary>
    Cyclic,

    /// <summary>One float for each listed value, and one for every other.</summary>
    OneHot,

    /// <summary>One float for each bucket, of which the value's hash chooses one.</summary>
    Hash,

    /// <summary>Three floats: the place on the unit sphere.</summary>
    Geo,

    /// <summary>One float: standard deviations from the entity's own mean, cut at ±<see cref="DeclaredEncoderOptions.Limit"/>, divided by that.</summary>
    ZScore,
}
