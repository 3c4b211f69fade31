using Ecart.Detection;
using Ecart.Embedding;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Declared;

/// <summary>Gathers what is known when an event of a declared domain is scored. Changes no state.</summary>
internal sealed class DeclaredContextBuilder(DeclaredPlan plan, DeclaredState state, LearnedEmbedding? learned)
{
    private readonly float[] centroid = new float[DeclaredLayout.Dimension];
    private readonly double[] deviations = new double[plan.Measures.Length];
    private readonly double[] newShares = new double[plan.NoveltyFields.Length];
    private DeclaredSchema lastSchema = plan.Schema;

    /// <summary>Version of the embeddings.</summary>
    public int EmbeddingVersion => learned?.Version ?? plan.Declaration.LayoutVersion;

    /// <summary>Where the entity of the event built last usually is.</summary>
    public ReadOnlySpan<float> Centroid => centroid;

    /// <summary>Builds the context and writes the event's embedding, and its layout where they differ.</summary>
    public DeclaredContext Build(DeclaredEvent declared, DeclaredEntityState? entity, ReferencePatterns patterns, Verdict verdict)
    {
        float[] embedding = verdict.Embedding;
        float[] layout = learned is null ? embedding : verdict.UseLayout();
        DeclaredEvent read = ByThePlan(declared);
        var context = new DeclaredContext
        {
            Event = read,
            Plan = plan,
            Patterns = patterns,
            Embedding = embedding,
            Layout = layout,
            EmbeddingVersion = EmbeddingVersion,
            Day = DayOf(read.OccurredAt),
            Distance = double.NaN,
            MinutesSincePrevious = double.NaN,
            LargestDeviation = double.NaN,
            Deviations = deviations,
            NewShares = newShares,
        };
        deviations.AsSpan().Fill(double.NaN);
        newShares.AsSpan().Fill(double.NaN);
        if (entity is not null) AddEntity(entity, ref context);
        context.Windows = state.Windows.Measure(in context, read.OccurredAt.Ticks, entity?.Windows);
        if (!plan.Layout.Embed(in context, layout)) throw NotFinite(read);
        learned?.Embed(layout, embedding);
        if (context.Profile.Count > 0) context.Distance = VectorMath.Distance(embedding, centroid);
        return context;
    }

    /// <summary>The event with its values where the plan looks for them. Events of the same fields are taken as they are.</summary>
    public DeclaredEvent ByThePlan(DeclaredEvent declared)
    {
        if (ReferenceEquals(declared.Schema, lastSchema)) return declared;
        DeclaredEvent read = declared.In(plan.Schema);
        if (ReferenceEquals(read, declared)) lastSchema = declared.Schema;
        return read;
    }

    /// <summary>Day number of a time: days since 0001-01-01 UTC.</summary>
    public static int DayOf(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    private static ArgumentException NotFinite(DeclaredEvent declared) => new(
        $"Event '{declared.EventUid}' of {declared.Domain} gives a vector that is not finite: bound its fields by minimum and maximum.", nameof(declared));

    private void AddEntity(DeclaredEntityState entity, ref DeclaredContext context)
    {
        long ticks = context.Event.OccurredAt.Ticks;
        context.Profile = entity.Profile.Summarize(context.Day, centroid);
        context.EarlierInHour = entity.Recent.Sum(ticks - TimeSpan.TicksPerHour, ticks).Count;
        context.EarlierInDay = entity.Recent.Sum(ticks - TimeSpan.TicksPerDay, ticks).Count;
        if (plan.Declaration.Velocity is { } velocity)
            context.EarlierInWindow = entity.Recent.Sum(ticks - (velocity.WindowMinutes * TimeSpan.TicksPerMinute), ticks).Count;
        long previous = entity.NewestTicks;
        bool hasPrevious = previous > 0 && (previous <= ticks || entity.Recent.TryFindNewest(ticks, out previous));
        if (hasPrevious) context.MinutesSincePrevious = (ticks - previous) / (double)TimeSpan.TicksPerMinute;
        AddDeviations(ref context);
        AddNovelty(entity, ref context);
    }

    private void AddDeviations(ref DeclaredContext context)
    {
        IReadOnlyList<DeclaredDeviationOptions> declared = plan.Declaration.Deviations;
        for (int i = 0; i < deviations.Length; i++)
        {
            deviations[i] = plan.Measures[i].Deviation(context.Event, plan.Declaration.Profile, in context.Profile.Measures[i]);
            if (i >= declared.Count || double.IsNaN(deviations[i])) continue;
            double strength = declared[i].Strength(deviations[i]);
            if (!(strength <= context.LargestDeviation)) context.LargestDeviation = strength;
        }
    }

    private void AddNovelty(DeclaredEntityState entity, ref DeclaredContext context)
    {
        context.ValueEvents = entity.ValueEvents;
        for (int i = 0; i < newShares.Length; i++)
        {
            if (entity.ValueEvents < plan.Declaration.Novelty[i].MinimumObservations) continue;
            ulong value = plan.ValueOf(i, context.Event);
            if (value != 0 && entity.Values[value] == 0) newShares[i] = (entity.NewValues[i] + 1.0) / (entity.ValueEvents + 2.0);
        }
    }
}
