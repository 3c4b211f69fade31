namespace Ecart.Domains.UserBehavior;

/// <summary>How new the circumstances of an action are to its user.</summary>
internal static class NoveltyMeasure
{
    /// <summary>Events that make a user half known.</summary>
    private const double Shrinkage = 10;

    private const int HoursAround = 3;

    public static UserNovelty Of(UserBehaviorEvent action, UserState user, int hour, UserBehaviorOptions options)
    {
        int events = user.HabitEvents;
        if (events == 0) return default;
        double known = events / (events + Shrinkage);
        double bits = 0;
        double device = Of(UserHabit.Device(action.DeviceId), user, known, ref bits);
        double agent = Of(UserHabit.Agent(action.UserAgent), user, known, ref bits);
        double network = Of(UserHabit.Network(action.SourceIp), user, known, ref bits);
        double country = Of(UserHabit.Country(action.Country), user, known, ref bits);
        double resource = Of(UserHabit.Resource(action.Resource), user, known, ref bits);
        double type = Of(UserHabit.Type(action.EventType), user, known, ref bits);
        double near = Near(user, hour) / (double)events;
        bits += Bits(near * events, events, HoursAround / 24.0);
        double share = options.Novelty.HourShare;
        double rarity = share > 0 ? known * Math.Max(0, 1 - (near / share)) : 0;
        return new UserNovelty(device, agent, network, country, resource, type, rarity, known * bits);
    }

    /// <summary>How often the user acted within an hour of this one of the day.</summary>
    private static int Near(UserState user, int hour) =>
        user.Habits[UserHabit.Hour((hour + 23) % 24)] + user.Habits[UserHabit.Hour(hour)] + user.Habits[UserHabit.Hour((hour + 1) % 24)];

    private static double Of(ulong habit, UserState user, double known, ref double bits)
    {
        if (habit == 0) return 0;
        int times = user.Habits[habit];
        bits += Bits(times, user.HabitEvents, 0.5);
        return times == 0 ? known : 0;
    }

    /// <summary>−log₂ of the probability of something that was so often among so many, with one more event of which it was a prior share.</summary>
    private static double Bits(double times, double events, double prior) => -Math.Log2((times + prior) / (events + 1));
}
