using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>What a trained detector contributes, once one of its kind is in force.</summary>
public sealed record LearnedDetectorOptions
{
    /// <summary>Kind of the detector, one of <see cref="BatchDetectors.All"/>. Required.</summary>
    public string Kind { get; init; } = "";

    /// <summary>
    /// Share of the events like those that it was trained on that are said to be strange: what lies no further out gives no evidence. Default 0.001.
    /// </summary>
    public double TailProbability { get; init; } = 0.001;

    /// <summary>
    /// The most it adds to the score, reached where only a hundredth of that share lies as far out. Default 0: it orders events by the rank, and alerts are raised
    /// without it until a person has seen what it finds.
    /// </summary>
    public double Maximum { get; init; }

    /// <summary>How much of what its tail is worth counts in the rank, 0 to 1. Default 0.25: it knows less of an account than the account's own profile.</summary>
    public double RankWeight { get; init; } = 0.25;

    internal string Code => EvidenceCode.OfDetector(Kind);

    /// <summary>What a tail probability adds to the score: 0 at <see cref="TailProbability"/>, growing with its logarithm.</summary>
    public double Contribution(double tail) =>
        tail >= TailProbability ? 0 : Maximum * Math.Min(1, Math.Log(TailProbability / tail) / Math.Log(100));

    /// <exception cref="OptionsException">One of them is out of range, or two are of the same kind.</exception>
    internal static void Validate(IReadOnlyList<LearnedDetectorOptions> detectors)
    {
        for (int i = 0; i < detectors.Count; i++)
        {
            detectors[i].Validate($"detectors[{i}]");
            for (int k = 0; k < i; k++)
                OptionsException.Require(detectors[k].Kind != detectors[i].Kind, $"detectors[{i}].kind", detectors[i].Kind, "named once");
        }
    }

    private void Validate(string path)
    {
        OptionsException.Require(
            BatchDetectors.All.Contains(Kind), path + ".kind", $"'{Kind}'", "one of " + string.Join(", ", BatchDetectors.All));
        OptionsException.RequireRange(TailProbability, 1e-9, 0.5, path + ".tail_probability");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
        OptionsException.RequireRange(RankWeight, 0, 1, path + ".rank_weight");
    }
}
