using Ecart.Scoring;

namespace Ecart.Detection.Batch.Tails;

/// <summary>Settings of <see cref="EmpiricalOutlierScore"/> and <see cref="CopulaOutlierScore"/>. The methods themselves have none.</summary>
public sealed record TailOptions
{
    /// <summary>Threads for fitting and for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    internal void Validate(string path) => OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
}
