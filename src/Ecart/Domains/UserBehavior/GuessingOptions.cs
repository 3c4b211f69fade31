using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>When failures look like somebody guessing a password.</summary>
public sealed record GuessingOptions
{
    /// <summary>Minutes in which failures are counted. Default 10, 1 to 1,440.</summary>
    public int WindowMinutes { get; init; } = 10;

    /// <summary>Failures, this one included, from which it counts. Default 6, 2 to 500: people mistype, but not so often.</summary>
    public int Failures { get; init; } = 6;

    /// <summary>What a failure adds then. Default 0.5, the floor of brute force.</summary>
    public double Contribution { get; init; } = 0.5;

    /// <summary>What a success adds that follows them: the guess was right. Default 0.8.</summary>
    public double SuccessContribution { get; init; } = 0.8;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(Failures, 2, 500, path + ".failures");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
        OptionsException.RequireRange(SuccessContribution, 0, 1, path + ".success_contribution");
    }
}
