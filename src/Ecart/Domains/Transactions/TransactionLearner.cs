using Ecart.Detection.Streaming.Entities;
using Ecart.Embedding;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>
/// Takes events and labels into the state. What it changes is decided by the log alone: the event, its stored verdict and what the same
/// account did before.
/// </summary>
internal sealed class TransactionLearner(
    TransactionOptions options, TransactionState state, TransactionContextBuilder contexts, StreamEvidence<TransactionContext> streams)
{
    /// <summary>Surprise from which a fraud is one that its own event gave away.</summary>
    private const double EvidentSurprise = 0.5;

    private readonly TransactionRanker ranker = new(options, state);
    private readonly double[] measures = new double[AccountState.Measures];

    /// <summary>Takes in an event with its verdict. Late events are stored and change nothing.</summary>
    public void Learn(in ScoredEvent scored)
    {
        var transaction = (TransactionEvent)scored.Event;
        AccountState account = state.Change(transaction.AccountId, scored.Lane, scored.Seq);
        if (scored.Verdict.IsLate) return;

        if (scored.Verdict.IsLearned)
        {
            LearnNormal(transaction, scored.Verdict, account);
            streams.Learn(transaction, account.Streams);
        }

        Remember(transaction, scored.Verdict, account);
        Count(transaction, scored.Verdict);
    }

    /// <summary>Takes in a label: moves the event into or out of the profile and counts fraud at its merchant, device and address.</summary>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        var transaction = (TransactionEvent)labelled.Event;
        AccountState account = state.Change(transaction.AccountId, labelled.Lane, seq);
        if (labelled.Verdict.IsLate) return;

        int change = (isFraud ? 1 : 0) - (previous == true ? 1 : 0);
        int evident = labelled.Verdict.Surprise >= EvidentSurprise ? change : 0;
        if (change != 0) state.Count(transaction, TransactionContextBuilder.DayOf(transaction.OccurredAt), 0, change, evident);
        bool wasNormal = previous is null ? labelled.Verdict.IsLearned : !previous.Value;
        if (wasNormal == !isFraud) return;
        if (isFraud) Unlearn(transaction, labelled.Verdict, account);
        else LearnNormal(transaction, labelled.Verdict, account);
    }

    /// <summary>
    /// Writes into the verdict what the profile is to take in if the event is normal. Strange events that stay below the flag must not teach it to
    /// expect stranger ones, so distance and amount are cut.
    /// </summary>
    public void Prepare(in TransactionContext context, Verdict verdict)
    {
        verdict.LearnedValue = ranker.Clip(in context.Profile, context.Event.ScoredAmount);
        verdict.LearnedDistance = LearnedDistance(verdict.DistanceToProfile, in context.Profile);
    }

    private void LearnNormal(TransactionEvent transaction, Verdict verdict, AccountState account)
    {
        ProfileObservation observation = Observe(transaction, verdict);
        account.Profile.Add(in observation);
        if (transaction.MerchantId is { } merchant) account.Merchants.Add(FeatureHash.Of(merchant));
        if (transaction.DeviceId is { } device) account.Devices.Add(FeatureHash.Of(device));
        if (transaction.MerchantCategory is { } category) account.Categories.Add(category);
        if (transaction.Country is { } country) account.Countries.Add(country);
        account.Channels[(int)transaction.Channel]++;
    }

    /// <summary>Undoes <see cref="LearnNormal"/>, as far as what it left is not forgotten.</summary>
    private void Unlearn(TransactionEvent transaction, Verdict verdict, AccountState account)
    {
        ProfileObservation observation = Observe(transaction, verdict);
        account.Profile.Remove(in observation);
        if (transaction.MerchantId is { } merchant) account.Merchants.Remove(FeatureHash.Of(merchant));
        if (transaction.DeviceId is { } device) account.Devices.Remove(FeatureHash.Of(device));
        if (transaction.MerchantCategory is { } category) account.Categories.Remove(category);
        if (transaction.Country is { } country) account.Countries.Remove(country);
        ref int channel = ref account.Channels[(int)transaction.Channel];
        channel = Math.Max(0, channel - 1);
    }

    private ProfileObservation Observe(TransactionEvent transaction, Verdict verdict)
    {
        measures[AccountState.MeasureLogAmount] = Math.Log(1 + transaction.ScoredAmount);
        measures[AccountState.MeasureAmount] = transaction.ScoredAmount;
        measures[AccountState.MeasureClippedAmount] = double.IsNaN(verdict.LearnedValue) ? transaction.ScoredAmount : verdict.LearnedValue;
        return new ProfileObservation
        {
            Ticks = transaction.OccurredAt.Ticks,
            LocalHour = transaction.LocalTime.Hour,
            Vector = verdict.Embedding,
            Measures = measures,
            Distance = verdict.LearnedDistance,
        };
    }

    /// <summary>The distance as if the centroid were known exactly, cut where it would widen the profile's own threshold.</summary>
    private double LearnedDistance(double distance, in ProfileSummary profile)
    {
        if (profile.Count == 0) return double.NaN;
        double learned = distance * Math.Sqrt(profile.Count / (profile.Count + 1.0));
        if (profile.Distance.Count < options.Profile.MinimumObservations) return learned;
        double mean = profile.Distance.Mean;
        return Math.Min(learned, mean + (options.Rank.ClipSigmas * options.Profile.FloorSigma(profile.Distance.SampleDeviation, mean)));
    }

    private void Remember(TransactionEvent transaction, Verdict verdict, AccountState account)
    {
        long ticks = transaction.OccurredAt.Ticks;
        account.Recent.Add(ticks, transaction.ScoredAmount);
        account.Surprise = ranker.SurpriseAt(account, ticks) + verdict.Surprise;
        account.SurpriseTicks = Math.Max(account.SurpriseTicks, ticks);
        LearnWindows(transaction, account);
        account.NewestTicks = Math.Max(account.NewestTicks, ticks);
        if (contexts.IsCardPresent(transaction.Channel))
            account.AddPlace(new CardPlace(ticks, transaction.Latitude, transaction.Longitude, transaction.Country));
    }

    private void LearnWindows(TransactionEvent transaction, AccountState account)
    {
        var context = new TransactionContext { Event = transaction, Options = options };
        WindowEvents? events = account.Windows;
        state.Windows.Learn(in context, transaction.OccurredAt.Ticks, ref events);
        account.Windows = events;
    }

    private void Count(TransactionEvent transaction, Verdict verdict)
    {
        int day = TransactionContextBuilder.DayOf(transaction.OccurredAt);
        state.Count(transaction, day, 1, 0);
        double deviation = verdict.Statistics[TransactionRanker.StatisticAmountDeviation];
        if (!double.IsNaN(deviation)) state.AmountDeviation.Add(day, deviation);
        state.Amount.Add(day, verdict.Statistics[TransactionRanker.StatisticAmount]);
        state.Streams.Count(day, verdict);
        state.PopulationIsDirty = true;
    }
}
