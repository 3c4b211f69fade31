using Ecart.Scoring;

namespace Ecart.Detection.Batch.Axes;

/// <summary>Settings of <see cref="RobustMahalanobis"/>.</summary>
public sealed record RobustMahalanobisOptions
{
    /// <summary>
    /// Part of the rows whose covariance has the least determinant: up to the rest may be anything without doing harm. Default 0.75, 0.5 to 1; 1 is the plain
    /// covariance of all rows.
    /// </summary>
    public double Support { get; init; } = 0.75;

    /// <summary>Random subsets that the search starts from, beside three that follow from the rows. Default 8, 0 to 500.</summary>
    public int Starts { get; init; } = 8;

    /// <summary>Threads for fitting and for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of the random subsets. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Support, 0.5, 1, path + ".support");
        OptionsException.RequireRange(Starts, 0, 500, path + ".starts");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
