using Ecart.Detection;
using Ecart.Detection.Sequences;
using Ecart.Embedding;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.UserBehavior;

/// <summary>Gathers what is known when a user's action is scored. Changes no state.</summary>
internal sealed class UserBehaviorContextBuilder
{
    private readonly UserBehaviorOptions options;
    private readonly UserBehaviorState state;
    private readonly LearnedEmbedding? learned;
    private readonly RuleSet<UserBehaviorContext> rules;
    private readonly SequenceDetector sequences;
    private readonly float[] centroid = new float[UserBehaviorLayout.Dimension];

    public UserBehaviorContextBuilder(
        UserBehaviorOptions options, UserBehaviorState state, LearnedEmbedding? learned, SequenceDetector sequences)
    {
        this.options = options;
        this.state = state;
        this.learned = learned;
        this.sequences = sequences;
        rules = new RuleSet<UserBehaviorContext>(options.Rules, UserBehaviorRuleFields.All, "rules");
    }

    /// <summary>Builds the context and writes the event's embedding, and its layout where they differ.</summary>
    public UserBehaviorContext Build(UserBehaviorEvent action, UserState? user, ReferencePatterns patterns, Verdict verdict)
    {
        bool isOwnVector = learned is null && action.Embedding is null;
        float[] embedding = verdict.Embedding;
        float[] layout = isOwnVector ? embedding : verdict.UseLayout();
        var context = new UserBehaviorContext
        {
            Event = action,
            Options = options,
            Rules = rules,
            Patterns = patterns,
            Embedding = embedding,
            EmbeddingVersion = VersionOf(action),
            Layout = layout,
            Day = DayOf(action.OccurredAt),
            LocalHour = action.LocalTime.Hour,
            Distance = double.NaN,
            MinutesSincePrevious = double.NaN,
            MinutesSincePlace = double.NaN,
            KmFromPlace = double.NaN,
            Sequence = double.NaN,
            SequenceStep = double.NaN,
            Sources = 1,
        };
        AddPeers(action, ref context);
        if (user is not null) AddUser(user, ref context);
        context.Windows = state.Windows.Measure(in context, action.OccurredAt.Ticks, user?.Windows);
        if (!UserBehaviorEmbedder.Embed(in context, layout)) throw NotFinite(action);
        Embed(action, layout, embedding);
        if (context.Profile.Count > 0) context.Distance = VectorMath.Distance(embedding, centroid);
        return context;
    }

    /// <summary>Version of the vector by which an event is compared.</summary>
    public int VersionOf(UserBehaviorEvent action) => action.Embedding is not null
        ? UserBehaviorEvent.FirstCallerVersion + action.EmbeddingVersion
        : learned?.Version ?? UserBehaviorLayout.Version;

    /// <summary>Day number of a time: days since 0001-01-01 UTC.</summary>
    public static int DayOf(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    private void Embed(UserBehaviorEvent action, float[] layout, float[] embedding)
    {
        if (action.Embedding is { } given)
        {
            if (given.Length != embedding.Length || !VectorMath.IsFinite(given)) throw NotFinite(action);
            given.CopyTo(embedding, 0);
        }
        else
        {
            learned?.Embed(layout, embedding);
        }
    }

    /// <summary>The decoder refuses such an event; one that a caller made must not spoil a profile for good.</summary>
    private static ArgumentException NotFinite(UserBehaviorEvent action) => new(
        $"Event '{action.EventUid}' gives no vector of {UserBehaviorLayout.Dimension} finite floats: latitude {action.Latitude}, longitude {action.Longitude}, "
        + $"{action.Embedding?.Length ?? 0} floats of the caller's own. A position is in degrees or NaN.",
        nameof(action));

    private void AddPeers(UserBehaviorEvent action, ref UserBehaviorContext context)
    {
        RolePopulation? role = state.FindRole(action.Role);
        RolePopulation? others = state.Others?.FindRole(action.Role);
        if (role is null && others is null) return;
        context.PeerEvents = (role?.Events ?? 0) + (others?.Events ?? 0);
        ulong hour = UserHabit.Hour(context.LocalHour);
        context.Peers = new PeerCounts(
            CountOf(UserHabit.Country(action.Country), role, others),
            CountOf(UserHabit.Network(action.SourceIp), role, others),
            CountOf(UserHabit.Resource(action.Resource), role, others),
            CountOf(UserHabit.Deed(action), role, others),
            CountOf(hour, role, others));
    }

    private static int CountOf(ulong habit, RolePopulation? role, RolePopulation? others) =>
        habit == 0 ? 0 : (role?.Habits[habit] ?? 0) + (others?.Habits[habit] ?? 0);

    private void AddUser(UserState user, ref UserBehaviorContext context)
    {
        UserBehaviorEvent action = context.Event;
        long ticks = action.OccurredAt.Ticks;
        ProfileWindow? profile = action.Embedding is null ? user.Profile : user.FindCallerProfile(context.EmbeddingVersion);
        if (profile is not null) context.Profile = profile.Summarize(context.Day, centroid);
        (context.EarlierInHour, double failures) = user.Recent.Sum(ticks - TimeSpan.TicksPerHour, ticks);
        context.FailuresInHour = (int)failures;
        (context.EarlierInDay, _) = user.Recent.Sum(ticks - TimeSpan.TicksPerDay, ticks);
        context.FailuresInWindow = (int)user.Recent.Sum(ticks - (options.PasswordGuessing.WindowMinutes * TimeSpan.TicksPerMinute), ticks).Amount;
        long previous = user.NewestTicks;
        bool hasPrevious = previous > 0 && (previous <= ticks || user.Recent.TryFindNewest(ticks, out previous));
        if (hasPrevious) context.MinutesSincePrevious = (ticks - previous) / (double)TimeSpan.TicksPerMinute;
        var places = new PlaceComparison(options, user.Places);
        UserPlace place = UserPlace.Of(action);
        places.AddTravel(in place, ref context);
        places.AddSources(in place, ref context);
        context.Novelty = NoveltyMeasure.Of(action, user, context.LocalHour, options);
        SequenceReference reference = ReferenceOf(action.Role);
        ulong deed = UserHabit.Action(action);
        context.Sequence = sequences.Score(user.Sequence, deed, ticks, in reference);
        context.SequenceStep = sequences.Step(user.Sequence, deed, in reference);
    }

    private SequenceReference ReferenceOf(string? role) => new(
        state.Everybody.Sequence,
        state.Others?.Everybody.Sequence,
        state.FindRole(role)?.Sequence,
        state.Others?.FindRole(role)?.Sequence);
}
