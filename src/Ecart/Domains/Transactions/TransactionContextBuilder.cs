using Ecart.Detection;
using Ecart.Embedding;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Transactions;

/// <summary>Gathers what is known when a transaction is scored. Changes no state.</summary>
internal sealed class TransactionContextBuilder
{
    private const double NoveltyShrinkage = 10;
    private readonly TransactionOptions options;
    private readonly TransactionState state;
    private readonly LearnedEmbedding? learned;
    private readonly TransactionEmbedding embed;
    private readonly RuleSet<TransactionContext> rules;
    private readonly bool[] isCardPresent = new bool[TransactionLayout.ChannelCount];
    private readonly float[] centroid = new float[TransactionLayout.Dimension];

    public TransactionContextBuilder(TransactionOptions options, TransactionState state, LearnedEmbedding? learned, TransactionEmbedding embedding)
    {
        this.options = options;
        this.state = state;
        this.learned = learned;
        embed = embedding;
        rules = new RuleSet<TransactionContext>(options.Rules, TransactionRuleFields.All, "rules");
        foreach (string channel in options.ImpossibleTravel.Channels)
            isCardPresent[(int)Enum.Parse<TransactionChannel>(channel, ignoreCase: true)] = true;
    }

    /// <summary>The account's centroid, of the context that was built last; means nothing when that had no profile.</summary>
    public ReadOnlySpan<float> Centroid => centroid;

    /// <summary>Builds the context and writes the event's embedding, and its layout where they differ.</summary>
    public TransactionContext Build(TransactionEvent transaction, AccountState? account, ReferencePatterns patterns, Verdict verdict)
    {
        float[] embedding = verdict.Embedding;
        float[] layout = learned is null ? embedding : verdict.UseLayout();
        var context = new TransactionContext
        {
            Event = transaction,
            Options = options,
            Rules = rules,
            Patterns = patterns,
            Embedding = embedding,
            EmbeddingVersion = learned?.Version ?? TransactionLayout.Version,
            Layout = layout,
            Day = DayOf(transaction.OccurredAt),
            LocalHour = transaction.LocalTime.Hour,
            LogAmount = Math.Log(1 + transaction.ScoredAmount),
            Distance = double.NaN,
            MinutesSincePrevious = double.NaN,
            MinutesSincePlace = double.NaN,
            KmFromPlace = double.NaN,
            Novelty = new Novelty(0, 0, 0, 0, 0, 0),
        };
        if (account is not null) AddAccount(account, ref context);
        AddHistories(transaction, ref context);
        context.Windows = state.Windows.Measure(in context, transaction.OccurredAt.Ticks, account?.Windows);
        if (!embed(in context, layout)) throw NotFinite(transaction);
        learned?.Embed(layout, embedding);
        if (context.Profile.Count > 0) context.Distance = VectorMath.Distance(embedding, centroid);
        return context;
    }

    /// <summary>Day number of a time: days since 0001-01-01 UTC.</summary>
    public static int DayOf(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    /// <summary>The decoder refuses such an event; one that a caller made must not spoil a profile for good.</summary>
    private static ArgumentException NotFinite(TransactionEvent transaction) => new(
        $"Event '{transaction.EventUid}' gives a vector that is not finite: scored amount {transaction.ScoredAmount}, "
        + $"latitude {transaction.Latitude}, longitude {transaction.Longitude}. An amount is finite and 0 or more, a position in degrees or NaN.",
        nameof(transaction));

    private void AddAccount(AccountState account, ref TransactionContext context)
    {
        TransactionEvent transaction = context.Event;
        long ticks = transaction.OccurredAt.Ticks;
        context.Profile = account.Profile.Summarize(context.Day, centroid);
        long window = options.Velocity.WindowMinutes * TimeSpan.TicksPerMinute;
        context.EarlierInWindow = account.Recent.Sum(ticks - window, ticks).Count;
        (context.EarlierInDay, context.AmountInDay) = account.Recent.Sum(ticks - TimeSpan.TicksPerDay, ticks);
        long previous = account.NewestTicks;
        bool hasPrevious = previous > 0 && (previous <= ticks || account.Recent.TryFindNewest(ticks, out previous));
        if (hasPrevious) context.MinutesSincePrevious = (ticks - previous) / (double)TimeSpan.TicksPerMinute;
        if (isCardPresent[(int)transaction.Channel] && account.TryFindPlaceBefore(ticks, out CardPlace place))
            AddPlace(in place, ref context);
        context.Novelty = NoveltyOf(transaction, account, in context);
    }

    private static void AddPlace(in CardPlace place, ref TransactionContext context)
    {
        TransactionEvent transaction = context.Event;
        context.HasPreviousPlace = true;
        context.MinutesSincePlace = (transaction.OccurredAt.Ticks - place.Ticks) / (double)TimeSpan.TicksPerMinute;
        if (place.HasPosition && transaction.HasPosition)
            context.KmFromPlace = Geodesy.HaversineKm(place.Latitude, place.Longitude, transaction.Latitude, transaction.Longitude);
        context.IsOtherCountry = place.Country is not null && transaction.Country is not null
            && !string.Equals(place.Country, transaction.Country, StringComparison.Ordinal);
    }

    private static Novelty NoveltyOf(TransactionEvent transaction, AccountState account, in TransactionContext context)
    {
        double known = context.Profile.Count / (context.Profile.Count + NoveltyShrinkage);
        if (known == 0) return default;
        double merchant = transaction.MerchantId is { } id && !account.Merchants.Contains(FeatureHash.Of(id)) ? known : 0;
        double device = transaction.DeviceId is { } deviceId && !account.Devices.Contains(FeatureHash.Of(deviceId)) ? known : 0;
        double channel = known * (1 - ((double)account.Channels[(int)transaction.Channel] / Math.Max(1, Total(account.Channels))));
        int hour = context.LocalHour;
        int near = context.Profile.Hours[hour] + context.Profile.Hours[(hour + 1) % 24] + context.Profile.Hours[(hour + 23) % 24];
        double rarity = known * Math.Max(0, 1 - (8.0 * near / context.Profile.Count));
        return new Novelty(
            merchant,
            known * Rarity(account.Categories, transaction.MerchantCategory),
            known * Rarity(account.Countries, transaction.Country),
            device,
            channel,
            rarity);
    }

    private static double Rarity(TopCounts counts, string? value) =>
        value is null || counts.Total == 0 ? 0 : Math.Max(0, 1 - (4.0 * counts.CountOf(value) / counts.Total));

    private static int Total(int[] counts)
    {
        int total = 0;
        foreach (int count in counts) total += count;
        return total;
    }

    private void AddHistories(TransactionEvent transaction, ref TransactionContext context)
    {
        int to = context.Day - options.EntityHistory.LabelDelayDays;
        int from = to - options.EntityHistory.WindowDays;
        (int events, int frauds) = state.Domain.Sum(from, to, state.Others?.Domain);
        context.DomainFraudRate = options.EntityHistory.DomainRate(frauds, events);
        if (frauds == 0) return;
        context.Merchant = RiskOf(state.Find(state.Merchants, state.Others?.Merchants, transaction.MerchantId), from, to);
        context.Device = RiskOf(state.Find(state.Devices, state.Others?.Devices, transaction.DeviceId), from, to);
        context.Address = RiskOf(state.Find(state.Addresses, state.Others?.Addresses, transaction.IpAddress), from, to);
    }

    private static EntityRisk RiskOf(DailyHistory? history, int from, int to)
    {
        if (history is null) return default;
        (int events, int frauds) = history.Sum(from, to);
        return new EntityRisk(events, frauds);
    }

    /// <summary>True when the channel needs the card itself.</summary>
    public bool IsCardPresent(TransactionChannel channel) => isCardPresent[(int)channel];
}
