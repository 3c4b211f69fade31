using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Many names that do not exist and look as if an algorithm made them.</summary>
public sealed record NameQueryOptions
{
    /// <summary>Minutes before the event that count. Default 10.</summary>
    public double WindowMinutes { get; init; } = 10;

    /// <summary>Distinct unknown domains from which it is an algorithm; one counts ½ to 1 by how random it looks. Default 8, 2 to 64.</summary>
    public double Names { get; init; } = 8;

    internal long WindowTicks => (long)(WindowMinutes * TimeSpan.TicksPerMinute);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 0.1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(Names, 2, 64, path + ".names");
    }
}
