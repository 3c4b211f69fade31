using System.Globalization;
using Ecart.Detection.Streaming.Entities;
using Ecart.Embedding;
using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>A streaming detector that every entity of a domain has its own of, and what it contributes. It learns from the entity's normal events, from its first on.</summary>
public sealed record StreamDetectorOptions
{
    /// <summary>The field that stands for the whole vector of the domain's layout.</summary>
    public const string Layout = "layout";

    /// <summary>Most detectors that every entity of a domain has.</summary>
    public const int MaximumPerEntity = 4;

    /// <summary>Most memory of one entity's detector.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Kind of the detector, one of <see cref="Kinds"/>. Required.</summary>
    public string Kind { get; init; } = "";

    /// <summary>
    /// What it looks at: fields of the domain, or <see cref="Layout"/> alone. A time series takes exactly one field. Default empty: the domain's own choice.
    /// A value that is unknown counts as 0; in a time series it is a missing point.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>
    /// How many events of an entity are remembered, as far as the kind can be told: the sample of a forest, the exemplars, the window, the half-life, the
    /// history of a time series. Memory and time grow with it. Default 64, 16 to 4,096.
    /// </summary>
    public int Points { get; init; } = 64;

    /// <summary>
    /// Share of the population's events of the days before that are said to be strange: what lies no further out gives no evidence. Default 0.001.
    /// </summary>
    public double TailProbability { get; init; } = 0.001;

    /// <summary>
    /// The most it adds to the score, reached where only a hundredth of that share lies as far out. Default 0: it orders events by the rank alone.
    /// </summary>
    public double Maximum { get; init; }

    /// <summary>How much of what its tail is worth counts in the rank, 0 to 1. Default 0.25.</summary>
    public double RankWeight { get; init; } = 0.25;

    /// <summary>The kinds that there are, in alphabetical order.</summary>
    public static IReadOnlyList<string> Kinds => EntityStreams.Kinds;

    internal string Code => EvidenceCode.OfDetector(Kind);

    /// <summary>What a tail probability adds to the score: 0 at <see cref="TailProbability"/>, growing with its logarithm.</summary>
    public double Contribution(double tail) =>
        tail >= TailProbability ? 0 : Maximum * Math.Min(1, Math.Log(TailProbability / tail) / Math.Log(100));

    /// <summary>Name of the state: another one where the detector learns other things, so that they never mix.</summary>
    /// <param name="fields">What it looks at.</param>
    /// <param name="dimension">Numbers of that.</param>
    internal string StateName(IReadOnlyList<string> fields, int dimension) =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}#{FeatureHash.Of($"{string.Join(',', fields)}:{dimension}:{Points}"):x16}");

    /// <param name="path">Where the options are.</param>
    /// <param name="known">Fields of the domain.</param>
    /// <param name="dimension">Numbers that the detector looks at.</param>
    internal void Validate(string path, IReadOnlyCollection<string> known, Func<StreamDetectorOptions, int> dimension)
    {
        OptionsException.Require(Kinds.Contains(Kind), path + ".kind", $"'{Kind}'", "one of " + string.Join(", ", Kinds));
        OptionsException.RequireRange(Points, 16, 4096, path + ".points");
        OptionsException.RequireRange(TailProbability, 1e-9, 0.5, path + ".tail_probability");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
        OptionsException.RequireRange(RankWeight, 0, 1, path + ".rank_weight");
        bool isLayout = Fields is [Layout];
        if (!isLayout)
        {
            foreach (string field in Fields)
                OptionsException.Require(known.Contains(field), path + ".fields", $"'{field}'", $"some of {string.Join(", ", known)}, or {Layout} alone");
        }

        if (EntityStreams.IsSeries(Kind)) OptionsException.Require(!isLayout && Fields.Count <= 1, path + ".fields", string.Join(", ", Fields), "one field");
        long bytes = EntityStreams.Make(this, dimension(this)).Bytes;
        OptionsException.Require(
            bytes <= MaximumBytes, path + ".points", Points, $"fewer: the detector of one entity would take {bytes:N0} bytes, at most {MaximumBytes:N0}; or fewer fields");
    }
}
