using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>Hours of local time in which few people act.</summary>
public sealed record NightActivityOptions
{
    /// <summary>First hour, 0 to 23. Default 2.</summary>
    public int FromHour { get; init; } = 2;

    /// <summary>Last hour, included, 0 to 23 and not before the first. Default 5: until 05:59.</summary>
    public int ToHour { get; init; } = 5;

    /// <summary>What it adds. Default 0.15.</summary>
    public double Contribution { get; init; } = 0.15;

    /// <summary>True in the night.</summary>
    public bool Contains(int localHour) => localHour >= FromHour && localHour <= ToHour;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(FromHour, 0, 23, path + ".from_hour");
        OptionsException.RequireRange(ToHour, FromHour, 23, path + ".to_hour");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
