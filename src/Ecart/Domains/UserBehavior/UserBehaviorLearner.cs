using Ecart.Detection.Sequences;
using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.UserBehavior;

/// <summary>
/// Takes events and labels into the state. What it changes is decided by the log alone: the event, its stored verdict and what the same user did before.
/// </summary>
internal sealed class UserBehaviorLearner(
    UserBehaviorOptions options, UserBehaviorState state, SequenceDetector sequences, StreamEvidence<UserBehaviorContext> streams)
{
    private const int HabitKinds = 8;
    private readonly UserBehaviorRanker ranker = new(options, state);

    /// <summary>Takes in an event with its verdict. Late events are stored and change nothing.</summary>
    public void Learn(in ScoredEvent scored)
    {
        var action = (UserBehaviorEvent)scored.Event;
        UserState user = state.Change(action.UserId, scored.Lane, scored.Seq);
        if (scored.Verdict.IsLate) return;

        RolePopulation? role = state.UseRole(action.Role);
        if (scored.Verdict.IsLearned)
        {
            LearnNormal(action, scored.Verdict, user, role);
            streams.Learn(action, user.Streams);
        }

        LearnSequence(action, scored.Verdict, user, role);
        Remember(action, scored.Verdict, user);
        Count(action, scored.Verdict);
    }

    /// <summary>Takes in a label: moves the event into or out of profile and habits.</summary>
    public void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq)
    {
        var action = (UserBehaviorEvent)labelled.Event;
        UserState user = state.Change(action.UserId, labelled.Lane, seq);
        if (labelled.Verdict.IsLate) return;

        bool wasNormal = previous is null ? labelled.Verdict.IsLearned : !previous.Value;
        if (wasNormal == !isFraud) return;
        RolePopulation? role = state.UseRole(action.Role);
        if (isFraud) Unlearn(action, labelled.Verdict, user, role);
        else LearnNormal(action, labelled.Verdict, user, role);
        state.PopulationIsDirty = true;
    }

    /// <summary>
    /// Writes into the verdict what is to be learned of the event. Strange events that stay below the flag must not teach the profile to expect stranger ones,
    /// so the distance is cut.
    /// </summary>
    public void Prepare(in UserBehaviorContext context, Verdict verdict)
    {
        verdict.LearnedValue = context.Sequence;
        verdict.LearnedDistance = LearnedDistance(verdict.DistanceToProfile, in context.Profile);
    }

    private void LearnNormal(UserBehaviorEvent action, Verdict verdict, UserState user, RolePopulation? role)
    {
        ProfileObservation observation = Observe(action, verdict);
        ProfileOf(action, verdict, user).Add(in observation);
        // Who fails from somewhere may not be the user.
        if (action.Outcome == ActionOutcome.Failure) return;
        user.HabitEvents++;
        state.Everybody.Events++;
        if (role is not null) role.Events++;
        Span<ulong> habits = stackalloc ulong[HabitKinds];
        WriteHabits(action, habits);
        foreach (ulong habit in habits)
        {
            if (habit == 0) continue;
            user.Habits.Add(habit, 1);
            state.Everybody.Habits.Add(habit, 1);
            role?.Habits.Add(habit, 1);
        }

        if (user.HabitEvents < options.Novelty.MemoryEvents) return;
        user.Habits.Halve();
        user.HabitEvents /= 2;
    }

    /// <summary>Undoes <see cref="LearnNormal"/>, as far as what it left is not forgotten.</summary>
    private void Unlearn(UserBehaviorEvent action, Verdict verdict, UserState user, RolePopulation? role)
    {
        ProfileObservation observation = Observe(action, verdict);
        ProfileOf(action, verdict, user).Remove(in observation);
        user.Sequence.Forget(UserHabit.Action(action));
        if (action.Outcome == ActionOutcome.Failure) return;
        user.HabitEvents = Math.Max(0, user.HabitEvents - 1);
        state.Everybody.Events = Math.Max(0, state.Everybody.Events - 1);
        if (role is not null) role.Events = Math.Max(0, role.Events - 1);
        Span<ulong> habits = stackalloc ulong[HabitKinds];
        WriteHabits(action, habits);
        foreach (ulong habit in habits)
        {
            if (habit == 0) continue;
            user.Habits.Subtract(habit, 1);
            state.Everybody.Habits.Subtract(habit, 1);
            role?.Habits.Subtract(habit, 1);
        }
    }

    private void LearnSequence(UserBehaviorEvent action, Verdict verdict, UserState user, RolePopulation? role) => sequences.Learn(
        user.Sequence,
        UserHabit.Action(action),
        action.OccurredAt.Ticks,
        verdict.LearnedValue,
        verdict.IsLearned,
        state.Everybody.Sequence,
        role?.Sequence);

    private static ProfileWindow ProfileOf(UserBehaviorEvent action, Verdict verdict, UserState user) =>
        action.Embedding is null ? user.Profile : user.UseCallerProfile(verdict.EmbeddingVersion);

    private static void WriteHabits(UserBehaviorEvent action, Span<ulong> habits)
    {
        habits[0] = UserHabit.Device(action.DeviceId);
        habits[1] = UserHabit.Agent(action.UserAgent);
        habits[2] = UserHabit.Network(action.SourceIp);
        habits[3] = UserHabit.Country(action.Country);
        habits[4] = UserHabit.Resource(action.Resource);
        habits[5] = UserHabit.Type(action.EventType);
        habits[6] = UserHabit.Hour(action.LocalTime.Hour);
        habits[7] = UserHabit.Deed(action);
    }

    private static ProfileObservation Observe(UserBehaviorEvent action, Verdict verdict) => new()
    {
        Ticks = action.OccurredAt.Ticks,
        LocalHour = action.LocalTime.Hour,
        Vector = verdict.Embedding,
        Measures = [],
        Distance = verdict.LearnedDistance,
    };

    /// <summary>The distance as if the centroid were known exactly, cut where it would widen the profile's own threshold.</summary>
    private double LearnedDistance(double distance, in ProfileSummary profile)
    {
        if (profile.Count == 0) return double.NaN;
        double learned = distance * Math.Sqrt(profile.Count / (profile.Count + 1.0));
        if (profile.Distance.Count < options.Profile.MinimumObservations) return learned;
        double mean = profile.Distance.Mean;
        return Math.Min(learned, mean + (options.Rank.ClipSigmas * options.Profile.FloorSigma(profile.Distance.SampleDeviation, mean)));
    }

    private void Remember(UserBehaviorEvent action, Verdict verdict, UserState user)
    {
        long ticks = action.OccurredAt.Ticks;
        LearnWindows(action, user);
        user.Recent.Add(ticks, action.Outcome == ActionOutcome.Failure ? 1 : 0);
        user.Surprise = ranker.SurpriseAt(user, ticks) + verdict.Surprise;
        user.SurpriseTicks = Math.Max(user.SurpriseTicks, ticks);
        user.NewestTicks = Math.Max(user.NewestTicks, ticks);
        // A guess from elsewhere that failed puts the user nowhere.
        if (action.Outcome == ActionOutcome.Failure) return;
        UserPlace place = UserPlace.Of(action);
        if (place.IsSomewhere || (place.Device != 0 && place.Network != 0)) user.AddPlace(in place);
    }

    private void LearnWindows(UserBehaviorEvent action, UserState user)
    {
        var context = new UserBehaviorContext { Event = action, Options = options };
        WindowEvents? events = user.Windows;
        state.Windows.Learn(in context, action.OccurredAt.Ticks, ref events);
        user.Windows = events;
    }

    private void Count(UserBehaviorEvent action, Verdict verdict)
    {
        int day = UserBehaviorContextBuilder.DayOf(action.OccurredAt);
        Count(state.Distance, day, verdict.Statistics[UserBehaviorRanker.StatisticDistance]);
        Count(state.Novelty, day, verdict.Statistics[UserBehaviorRanker.StatisticNovelty]);
        Count(state.Sequence, day, verdict.Statistics[UserBehaviorRanker.StatisticSequence]);
        state.Streams.Count(day, verdict);
        state.PopulationIsDirty = true;
    }

    private static void Count(TailHistogram population, int day, double statistic)
    {
        if (!double.IsNaN(statistic)) population.Add(day, statistic);
    }
}
