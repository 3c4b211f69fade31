using Ecart.Detection;
using Ecart.Learning;
using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>Fills <see cref="TransactionFeatures"/> from the context and the verdict so far. Changes no state and allocates nothing. Not thread-safe.</summary>
internal sealed class TransactionFeatureBuilder(TransactionOptions options, TransactionState state)
{
    private readonly CompromiseFilter compromise = new(options.Rank.Compromise);

    /// <summary>Fills the features of an event.</summary>
    public void Build(in TransactionContext context, in RankTrace trace, Verdict verdict, Span<float> features)
    {
        features.Clear();
        WriteAmount(in context, in trace, verdict, features);
        WriteAccount(in context, in trace, features);
        WriteEvidence(verdict, features);
        int known = context.Day - options.EntityHistory.LabelDelayDays;
        TransactionEvent transaction = context.Event;
        WriteEntity(state.Find(state.Merchants, state.Others?.Merchants, transaction.MerchantId), known, in context, features, 0);
        WriteEntity(state.Find(state.Devices, state.Others?.Devices, transaction.DeviceId), known, in context, features, 1);
        WriteEntity(state.Find(state.Addresses, state.Others?.Addresses, transaction.IpAddress), known, in context, features, 2);
    }

    private static void WriteAmount(in TransactionContext context, in RankTrace trace, Verdict verdict, Span<float> features)
    {
        double mean = context.Profile.Measures[AccountState.MeasureClippedAmount] is { Count: > 0 } learned ? learned.Mean : double.NaN;
        double deviation = verdict.Statistics[TransactionRanker.StatisticAmountDeviation];
        features[TransactionFeatures.Amount] = (float)context.LogAmount;
        features[TransactionFeatures.AmountRatio] = Ratio(context.Event.ScoredAmount, mean);
        features[TransactionFeatures.AmountDeviation] = FeatureValue.Deviation(deviation);
        features[TransactionFeatures.DeviationTail] = FeatureValue.Tail(trace.DeviationTail);
        features[TransactionFeatures.AmountTail] = FeatureValue.Tail(trace.AmountTail);
        features[TransactionFeatures.AmountInDay] = Ratio(context.AmountInDay, mean);
    }

    private static void WriteAccount(in TransactionContext context, in RankTrace trace, Span<float> features)
    {
        features[TransactionFeatures.RecentSurprises] = (float)trace.Burst;
        features[TransactionFeatures.Observations] = (float)Math.Log(1 + context.Profile.Count);
        features[TransactionFeatures.EventsInHour] = context.EarlierInWindow;
        features[TransactionFeatures.EventsInDay] = context.EarlierInDay;
        features[TransactionFeatures.SincePrevious] = double.IsNaN(context.MinutesSincePrevious)
            ? EntityFeatures.Never
            : (float)Math.Log(1 + Math.Max(0, context.MinutesSincePrevious));
        if (!double.IsNaN(context.Distance) && context.HasProfile && !double.IsNaN(context.DistanceMean))
            features[TransactionFeatures.BehaviorDistance] = FeatureValue.Deviation((context.Distance - context.DistanceMean) / context.DistanceSigma);
        features[TransactionFeatures.MerchantNovelty] = (float)context.Novelty.Merchant;
        features[TransactionFeatures.CategoryNovelty] = (float)context.Novelty.Category;
        features[TransactionFeatures.CountryNovelty] = (float)context.Novelty.Country;
        features[TransactionFeatures.DeviceNovelty] = (float)context.Novelty.Device;
        features[TransactionFeatures.ChannelNovelty] = (float)context.Novelty.Channel;
        features[TransactionFeatures.HourNovelty] = (float)context.Novelty.Hour;
        features[TransactionFeatures.Channel] = (float)context.Event.Channel;
    }

    private static void WriteEvidence(Verdict verdict, Span<float> features)
    {
        features[TransactionFeatures.Surprise] = (float)verdict.Surprise;
        features[TransactionFeatures.Score] = (float)verdict.Score;
        features[TransactionFeatures.RankScore] = (float)verdict.RankScore;
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            int feature = evidence.Code switch
            {
                EvidenceCode.NightActivity => TransactionFeatures.Night,
                EvidenceCode.Velocity => TransactionFeatures.Velocity,
                EvidenceCode.ImpossibleTravel => TransactionFeatures.Travel,
                EvidenceCode.Signature or EvidenceCode.Rule => TransactionFeatures.Findings,
                _ => -1,
            };
            if (feature >= 0) features[feature] += (float)evidence.Contribution;
        }
    }

    private void WriteEntity(DailyHistory? history, int known, in TransactionContext context, Span<float> features, int kind)
    {
        double posterior = history is null ? 0 : compromise.FraudProbability(history, known, context.Day, context.DomainFraudRate);
        int count = EntityFeatures.Names.Count;
        EntityFeatures.Write(history, context.Day, known, posterior, features.Slice(TransactionFeatures.Entities + (kind * count), count));
    }

    /// <summary>Against the account's usual; 1 where nothing is known of it.</summary>
    private static float Ratio(double value, double usual) =>
        double.IsNaN(usual) ? 1 : (float)Math.Min(FeatureValue.Most, value / Math.Max(usual, 0.01));
}
