using Ecart.Scoring;

namespace Ecart.Vectors.Neighbours;

/// <summary>Options of <see cref="ApproximateNeighbours"/>.</summary>
public sealed record ApproximateNeighboursOptions
{
    /// <summary>Share of the true nearest rows that a search must find, on the average. Default 0.97; 0.5 to 1. More reads more lists.</summary>
    public double Recall { get; init; } = 0.97;

    /// <summary>How many nearest rows the recall is of. Default 10; 1 to 1,000.</summary>
    public int Neighbours { get; init; } = 10;

    /// <summary>Lists that the rows are divided into. Default 0: twice the square root of the rows; up to 65,536.</summary>
    public int Lists { get; init; }

    /// <summary>Threads that build it; what is built does not depend on them. Default 0: one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of the first centroids and of the rows that recall is measured on. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(Recall, 0.5, 1, "recall");
        OptionsException.RequireRange(Neighbours, 1, 1000, "neighbours");
        OptionsException.RequireRange(Lists, 0, 65_536, "lists");
        OptionsException.RequireRange(Threads, 0, 1024, "threads");
    }
}
