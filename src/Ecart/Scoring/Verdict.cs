namespace Ecart.Scoring;

/// <summary>
/// What Ecart says of one event. A reusable buffer: the scorer fills it, the store reads it. Not thread-safe: one owner at a time.
/// </summary>
public sealed class Verdict
{
    /// <summary>The most pieces of evidence one verdict holds; more are dropped, smallest contributions last to come.</summary>
    public const int MaximumEvidence = 32;

    /// <summary>The most raw statistics a domain keeps histograms of.</summary>
    public const int MaximumStatistics = 8;

    // Most verdicts hold little, and batches hold tens of thousands of verdicts.
    private Evidence[] evidence = new Evidence[2];
    private int count;
    private float[]? layout;
    private bool hasLayout;

    /// <summary>Makes an empty verdict for vectors of <paramref name="dimension"/> floats.</summary>
    public Verdict(int dimension) => Embedding = new float[dimension];

    /// <summary>The event as a vector; finite, of the domain's dimension.</summary>
    public float[] Embedding { get; }

    /// <summary>
    /// The event by the domain's layout, of which a learned model made <see cref="Embedding"/>; that itself where there is no such model. Part of the log: a
    /// model that is trained later embeds it anew.
    /// </summary>
    public ReadOnlySpan<float> Layout => hasLayout ? layout : Embedding;

    /// <summary>Whether <see cref="Layout"/> is another vector than <see cref="Embedding"/>.</summary>
    public bool HasLayout => hasLayout;

    /// <summary>Version of the layout or model that made <see cref="Embedding"/>.</summary>
    public int EmbeddingVersion { get; set; }

    /// <summary>Version of the configuration that scored.</summary>
    public int ConfigurationVersion { get; set; }

    /// <summary>Sum of contributions, clipped to 0..1, rounded to 6 decimals. Decides alerts.</summary>
    public double Score { get; set; }

    /// <summary>Continuous score in (0, 1) for ranking and evaluation: noisy-or over calibrated evidence.</summary>
    public double RankScore { get; set; }

    /// <summary>Version of the model whose probability <see cref="RankScore"/> is; 0 when no model was trained for it.</summary>
    public int ModelVersion { get; set; }

    /// <summary>What a challenger would have said in place of <see cref="RankScore"/>; NaN without one. Decides nothing.</summary>
    public double ShadowProbability { get; set; }

    /// <summary>Version of the challenger; 0 for none.</summary>
    public int ShadowVersion { get; set; }

    /// <summary>Distance from the entity's centroid; NaN without a profile.</summary>
    public double DistanceToProfile { get; set; }

    /// <summary>
    /// Probability that this event alone is out of the ordinary for its account, 0 to 1. Part of the log, because it depends on the
    /// population of its time: a later rebuild of the account's state reads it instead of computing it again.
    /// </summary>
    public double Surprise { get; set; }

    /// <summary>
    /// <see cref="DistanceToProfile"/> as the entity's profile takes it in; NaN for not at all. Part of the log, so that a label that comes later
    /// takes out of the profile exactly what went in.
    /// </summary>
    public double LearnedDistance { get; set; }

    /// <summary>The domain's main measure (an amount) as the entity's profile takes it in, cut where it would hide the next fraud. Part of the log.</summary>
    public double LearnedValue { get; set; }

    /// <summary>Raw statistics that the domain's population histograms take in, in the domain's order; NaN for no opinion.</summary>
    public double[] Statistics { get; } = new double[MaximumStatistics];

    /// <summary>True when <see cref="Score"/> reaches the flagging threshold.</summary>
    public bool IsAnomaly { get; set; }

    /// <summary>Severity by score.</summary>
    public Severity Severity { get; set; }

    /// <summary>True when the event came later than the domain allows: it is stored, not scored and not learned.</summary>
    public bool IsLate { get; set; }

    /// <summary>True when the event entered the entity's profile as normal.</summary>
    public bool IsLearned { get; set; }

    /// <summary>Id of the exception that silenced the alert; 0 when none did.</summary>
    public long SuppressedBy { get; set; }

    /// <summary>True when people were alerted of the same so lately that this is no news: it stays flagged, with its score and evidence.</summary>
    public bool IsToldBefore { get; set; }

    /// <summary>True when people must see this: anomalous, not silenced, and not told before.</summary>
    public bool RaisesAlert => IsAnomaly && SuppressedBy == 0 && !IsToldBefore;

    /// <summary>The findings, in the order of the detectors.</summary>
    public ReadOnlySpan<Evidence> Evidence => evidence.AsSpan(0, count);

    /// <summary>Adds a finding. Beyond <see cref="MaximumEvidence"/> the finding is ignored.</summary>
    public void Add(in Evidence finding)
    {
        if (count == MaximumEvidence) return;
        if (count == evidence.Length) Array.Resize(ref evidence, Math.Min(MaximumEvidence, 2 * count));
        evidence[count++] = finding;
    }

    /// <summary>Makes <see cref="Layout"/> a vector of its own.</summary>
    /// <returns>What it was before, to be filled.</returns>
    public float[] UseLayout()
    {
        hasLayout = true;
        return layout ??= new float[Embedding.Length];
    }

    /// <summary>Empties everything but the embedding's memory.</summary>
    public void Clear()
    {
        evidence.AsSpan(0, count).Clear();
        count = 0;
        hasLayout = false;
        EmbeddingVersion = 0;
        ConfigurationVersion = 0;
        Score = 0;
        RankScore = 0;
        ModelVersion = 0;
        ShadowProbability = double.NaN;
        ShadowVersion = 0;
        DistanceToProfile = double.NaN;
        Surprise = 0;
        LearnedDistance = double.NaN;
        LearnedValue = double.NaN;
        Statistics.AsSpan().Fill(double.NaN);
        IsAnomaly = false;
        Severity = Severity.None;
        IsLate = false;
        IsLearned = false;
        SuppressedBy = 0;
        IsToldBefore = false;
    }
}
