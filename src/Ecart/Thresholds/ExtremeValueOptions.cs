using Ecart.Scoring;

namespace Ecart.Thresholds;

/// <summary>How the tail of scores is modelled.</summary>
public sealed record ExtremeValueOptions
{
    /// <summary>Share of the scores that count as tail, 0.001 to 0.5. Default 0.1. Of few scores more are taken, so that the tail has at least 10.</summary>
    public double TailShare { get; init; } = 0.1;

    /// <summary>
    /// Least shape ξ of the tail, −1 to 0. Default 0: a tail without an end, so that of two impossible scores the higher is still the rarer and no
    /// probability is 0. Below 0 the fit may find an end, which is sharper for bounded scores and wrong when the bound is passed.
    /// </summary>
    public double LeastShape { get; init; }

    /// <summary>Greatest shape ξ, 0 to 2. Default 1; tails of that weight have no mean.</summary>
    public double GreatestShape { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(TailShare, 0.001, 0.5, "tail_share");
        OptionsException.RequireRange(LeastShape, -1, 0, "least_shape");
        OptionsException.RequireRange(GreatestShape, 0, 2, "greatest_shape");
    }
}
