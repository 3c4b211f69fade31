using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Declared;

/// <summary>
/// Takes events and labels into the state. What it changes is decided by the log alone: the event, its stored verdict and what the same entity did before.
/// </summary>
internal sealed class DeclaredLearner(DeclaredPlan plan, DeclaredState state, DeclaredContextBuilder contexts, DeclaredStreams streams)
{
    private readonly DeclaredRanker ranker = new(plan.Declaration, state);
    private readonly double[] measures = new double[plan.Measures.Length];

    /// <summary>Takes in an event with its verdict. Late events are stored and change nothing.</summary>
    public void Learn(in ScoredEvent scored)
    {
        DeclaredEvent declared = contexts.ByThePlan((DeclaredEvent)scored.Event);
        DeclaredEntityState entity = state.Change(declared.PrimaryEntityId, scored.Lane, scored.Seq);
        if (scored.Verdict.IsLate) return;

        if (scored.Verdict.IsLearned)
        {
            LearnNormal(declared, scored.Verdict, entity);
            streams.Learn(scored.Event, entity);
        }

        Remember(declared, scored.Verdict, entity);
        Count(declared, scored.Verdict);
    }

    /// <summary>Takes in a label: moves the event into or out of the profile.</summary>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        DeclaredEvent declared = contexts.ByThePlan((DeclaredEvent)labelled.Event);
        DeclaredEntityState entity = state.Change(declared.PrimaryEntityId, labelled.Lane, seq);
        if (labelled.Verdict.IsLate) return;

        bool wasNormal = previous is null ? labelled.Verdict.IsLearned : !previous.Value;
        if (wasNormal == !isFraud) return;
        if (isFraud) Unlearn(declared, labelled.Verdict, entity);
        else LearnNormal(declared, labelled.Verdict, entity);
    }

    /// <summary>
    /// Writes into the verdict what is to be learned of the event. Strange events that stay below the flag must not teach the profile to expect stranger ones,
    /// so the distance is cut.
    /// </summary>
    public void Prepare(in DeclaredContext context, Verdict verdict)
    {
        ref readonly ProfileSummary profile = ref context.Profile;
        if (profile.Count == 0) return;
        double learned = verdict.DistanceToProfile * Math.Sqrt(profile.Count / (profile.Count + 1.0));
        ProfileOptions options = plan.Declaration.Profile;
        if (profile.Distance.Count >= options.MinimumObservations)
        {
            double mean = profile.Distance.Mean;
            learned = Math.Min(learned, mean + (plan.Declaration.Rank.ClipSigmas * options.FloorSigma(profile.Distance.SampleDeviation, mean)));
        }

        verdict.LearnedDistance = learned;
    }

    private void LearnNormal(DeclaredEvent declared, Verdict verdict, DeclaredEntityState entity)
    {
        ProfileObservation observation = Observe(declared, verdict);
        entity.Profile.Add(in observation);
        if (plan.NoveltyFields.Length == 0) return;
        for (int i = 0; i < plan.NoveltyFields.Length; i++)
        {
            ulong value = plan.ValueOf(i, declared);
            if (value == 0) continue;
            if (entity.Values[value] == 0) entity.NewValues[i]++;
            entity.Values.Add(value, 1);
        }

        entity.ValueEvents++;
        if (entity.ValueEvents < plan.Declaration.Memory.ValueEvents) return;
        entity.Values.Halve();
        entity.ValueEvents /= 2;
        for (int i = 0; i < entity.NewValues.Length; i++) entity.NewValues[i] /= 2;
    }

    /// <summary>Undoes <see cref="LearnNormal"/>, as far as what it left is not forgotten.</summary>
    private void Unlearn(DeclaredEvent declared, Verdict verdict, DeclaredEntityState entity)
    {
        ProfileObservation observation = Observe(declared, verdict);
        entity.Profile.Remove(in observation);
        for (int i = 0; i < plan.NoveltyFields.Length; i++)
        {
            ulong value = plan.ValueOf(i, declared);
            if (value == 0 || entity.Values[value] == 0) continue;
            entity.Values.Subtract(value, 1);
            if (entity.Values[value] == 0) entity.NewValues[i] = Math.Max(0, entity.NewValues[i] - 1);
        }

        entity.ValueEvents = Math.Max(0, entity.ValueEvents - 1);
    }

    private ProfileObservation Observe(DeclaredEvent declared, Verdict verdict)
    {
        for (int i = 0; i < measures.Length; i++) measures[i] = plan.Measures[i].Of(declared);
        return new ProfileObservation
        {
            Ticks = declared.OccurredAt.Ticks,
            LocalHour = declared.LocalTime.Hour,
            Vector = verdict.Embedding,
            Measures = measures,
            Distance = verdict.LearnedDistance,
        };
    }

    private void Remember(DeclaredEvent declared, Verdict verdict, DeclaredEntityState entity)
    {
        long ticks = declared.OccurredAt.Ticks;
        entity.Recent.Add(ticks, 0);
        entity.Surprise = ranker.SurpriseAt(entity, ticks) + verdict.Surprise;
        entity.SurpriseTicks = Math.Max(entity.SurpriseTicks, ticks);
        entity.NewestTicks = Math.Max(entity.NewestTicks, ticks);
        var context = new DeclaredContext { Event = declared, Plan = plan };
        WindowEvents? events = entity.Windows;
        state.Windows.Learn(in context, ticks, ref events);
        entity.Windows = events;
    }

    private void Count(DeclaredEvent declared, Verdict verdict)
    {
        int day = DeclaredContextBuilder.DayOf(declared.OccurredAt);
        Count(state.Distance, day, verdict.Statistics[DeclaredRanker.StatisticDistance]);
        Count(state.Novelty, day, verdict.Statistics[DeclaredRanker.StatisticNovelty]);
        Count(state.Deviation, day, verdict.Statistics[DeclaredRanker.StatisticDeviation]);
        for (int slot = 0; slot < state.StreamScores.Length; slot++)
            Count(state.StreamScores[slot], day, verdict.Statistics[DeclaredRanker.FirstStream + slot]);
        state.PopulationIsDirty = true;
    }

    private static void Count(TailHistogram population, int day, double statistic)
    {
        if (!double.IsNaN(statistic)) population.Add(day, statistic);
    }
}
