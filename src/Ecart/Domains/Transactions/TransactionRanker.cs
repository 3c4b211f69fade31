using Ecart.Detection;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions;

/// <summary>
/// The continuous ranking score: noisy-or over calibrated evidence, 1 − Π(1 − e). Each statistic becomes a tail probability of its
/// population (or of its own distribution), and that a piece of evidence by <see cref="RankOptions.EvidenceOf"/>.
/// </summary>
internal sealed class TransactionRanker(TransactionOptions options, TransactionState state)
{
    /// <summary>Position of the amount's deviation in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticAmountDeviation = 0;

    /// <summary>Position of the amount in <see cref="Verdict.Statistics"/>.</summary>
    public const int StatisticAmount = 1;

    /// <summary>Statistics of its own; those of the streaming detectors follow.</summary>
    public const int Statistics = 2;

    private readonly RankOptions rank = options.Rank;
    private readonly CompromiseFilter compromise = new(options.Rank.Compromise);

    /// <summary>Fills rank score, surprise and statistics. Changes no state.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="account">The account; null for a new one.</param>
    /// <param name="verdict">Receives them; has its evidence.</param>
    /// <param name="learnedEvidence">What trained detectors say, 0 to 1.</param>
    public RankTrace Rank(in TransactionContext context, AccountState? account, Verdict verdict, double learnedEvidence)
    {
        double amount = context.Event.ScoredAmount;
        double deviation = AmountDeviation(in context, amount);
        verdict.Statistics[StatisticAmountDeviation] = deviation;
        verdict.Statistics[StatisticAmount] = amount;

        double deviationTail = double.IsNaN(deviation) ? 1 : state.AmountDeviation.UpperTail(context.Day, deviation);
        double amountTail = state.Amount.UpperTail(context.Day, amount);
        double half = rank.TailProbability;
        verdict.Surprise = 1 - ((1 - SurpriseOf(deviationTail)) * (1 - SurpriseOf(amountTail)));

        double recent = account is null ? 0 : SurpriseAt(account, context.Event.OccurredAt.Ticks);
        double burst = Math.Min(rank.BurstLimit, recent);
        double sound = (1 - rank.EvidenceOf(deviationTail, half * (1 + (rank.BurstGain * burst)))) * (1 - rank.EvidenceOf(amountTail, half));
        sound *= 1 - learnedEvidence;
        sound *= (1 - EntityEvidence(in context)) * (1 - rank.TakeoverEvidence(burst));
        foreach (ref readonly Evidence evidence in verdict.Evidence) sound *= 1 - EvidenceOf(in evidence, half);
        verdict.RankScore = 1 - sound;
        return new RankTrace(deviationTail, amountTail, recent);
    }

    /// <summary>Surprises of the account's earlier events, faded to a time.</summary>
    public double SurpriseAt(AccountState account, long ticks)
    {
        double days = Math.Max(0, (ticks - account.SurpriseTicks) / (double)TimeSpan.TicksPerDay);
        return account.Surprise * Math.Pow(2, -days / rank.BurstHalfLifeDays);
    }

    /// <summary>The amount as the profile learns it: cut where it would hide the next fraud.</summary>
    public double Clip(in ProfileSummary profile, double amount)
    {
        Moments learned = profile.Measures[AccountState.MeasureClippedAmount];
        if (learned.Count == 0) return amount;
        return Math.Min(amount, learned.Mean + (rank.ClipSigmas * AmountSigma(in learned)));
    }

    private double AmountDeviation(in TransactionContext context, double amount)
    {
        Moments learned = context.Profile.Measures[AccountState.MeasureClippedAmount];
        return learned.Count < rank.MinimumObservations ? double.NaN : (amount - learned.Mean) / AmountSigma(in learned);
    }

    /// <summary>Standard deviation of the next amount: shrunk towards a prior coefficient of variation, widened for the unknown mean.</summary>
    private double AmountSigma(in Moments learned)
    {
        double mean = learned.Mean;
        double squares = Math.Max(0, learned.SumOfSquares - (learned.Count * mean * mean));
        double prior = rank.PriorVariation * mean;
        double variance = (squares + (rank.PriorStrength * prior * prior)) / (learned.Count - 1 + rank.PriorStrength);
        return Math.Max(Math.Sqrt(variance * (1 + (1.0 / learned.Count))), Math.Max(options.Profile.SigmaFloorRatio * mean, 0.01));
    }

    private double SurpriseOf(double tail) => rank.EvidenceOf(tail, rank.TailProbability) / rank.Reliability;

    private double EntityEvidence(in TransactionContext context)
    {
        int known = context.Day - options.EntityHistory.LabelDelayDays;
        if (state.Domain.Sum(known - options.EntityHistory.WindowDays, known, state.Others?.Domain).Frauds == 0) return 0;
        double best = FraudProbability(state.Find(state.Merchants, state.Others?.Merchants, context.Event.MerchantId), known, in context);
        best = Math.Max(best, FraudProbability(state.Find(state.Devices, state.Others?.Devices, context.Event.DeviceId), known, in context));
        return Math.Max(best, FraudProbability(state.Find(state.Addresses, state.Others?.Addresses, context.Event.IpAddress), known, in context));
    }

    private double FraudProbability(DailyHistory? history, int known, in TransactionContext context) =>
        history is not null
            ? compromise.FraudProbability(history, known, context.Day, context.DomainFraudRate)
            : 0;

    /// <summary>What thresholded findings add that no population tail covers yet.</summary>
    private double EvidenceOf(in Evidence evidence, double half) => evidence.Code switch
    {
        EvidenceCode.Velocity => rank.EvidenceOf(evidence.Significance, half),
        EvidenceCode.ImpossibleTravel or EvidenceCode.Signature or EvidenceCode.Rule => rank.Reliability * evidence.Contribution,
        _ => 0,
    };
}
