using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>How much is remembered of one entity beside its profile.</summary>
public sealed record DeclaredMemoryOptions
{
    /// <summary>The newest events whose times are kept, for counts and velocity. Default 512, 16 to 65,536.</summary>
    public int Events { get; init; } = 512;

    /// <summary>Different values kept, of all fields of novelty together; the rarest are forgotten. Default 256, 16 to 65,536.</summary>
    public int Values { get; init; } = 256;

    /// <summary>Normal events after which what is known of values counts half. Default 2,000, 100 to 1,000,000.</summary>
    public int ValueEvents { get; init; } = 2000;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Events, 16, 65_536, path + ".events");
        OptionsException.RequireRange(Values, 16, 65_536, path + ".values");
        OptionsException.RequireRange(ValueEvents, 100, 1_000_000, path + ".value_events");
    }
}
