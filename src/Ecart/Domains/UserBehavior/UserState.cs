using Ecart.Detection.Sequences;
using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;

namespace Ecart.Domains.UserBehavior;

/// <summary>Everything remembered of one user: profile, habits, last day, last places, sequences of actions. A fold over the user's committed events. Not thread-safe.</summary>
internal sealed class UserState : ResidentEntity
{
    internal const int PlaceCapacity = 32;
    private const int RecentCapacity = 512;
    private readonly UserBehaviorOptions options;
    private UserPlace[] places = [];

    public UserState(string userId, UserBehaviorOptions options, bool isUnitLength, StreamSlots streams)
        : base(userId)
    {
        this.options = options;
        Profile = new ProfileWindow(UserBehaviorLayout.Dimension, 0, options.Profile, isUnitLength);
        Streams = new EntityStreamSet(streams);
        Recent = new EventTimeWindow(TimeSpan.FromMinutes((24 * 60) + options.AllowedLatenessMinutes), RecentCapacity);
        Habits = new CountTable(options.Novelty.Habits);
        Sequence = new SequenceHistory(options.Sequence);
    }

    public int Lane { get; set; }

    /// <summary>The newest log entry that this state includes.</summary>
    public long Seq { get; set; }

    /// <summary>The log entry up to which the profile was published.</summary>
    public long PublishedSeq { get; set; }

    public ProfileWindow Profile { get; }

    /// <summary>Profile of the vectors that callers made, of <see cref="CallerVersion"/>; null while there were none.</summary>
    public ProfileWindow? CallerProfile { get; private set; }

    public int CallerVersion { get; private set; }

    /// <summary>All events of the 24 hours before the latest that may still come; the amount is 1 for a failure.</summary>
    public EventTimeWindow Recent { get; }

    /// <summary>Values of normal events that did not fail, by kind; see <see cref="UserHabit"/>.</summary>
    public CountTable Habits { get; }

    /// <summary>Events that <see cref="Habits"/> counts.</summary>
    public int HabitEvents { get; set; }

    /// <summary>Its own streaming detectors, as far as the configuration names any.</summary>
    public EntityStreamSet Streams { get; }

    public SequenceHistory Sequence { get; }

    /// <summary>Newest event time seen, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>Surprises of earlier events, each halved by the half-life since then; as of <see cref="SurpriseTicks"/>.</summary>
    public double Surprise { get; set; }

    public long SurpriseTicks { get; set; }

    /// <summary>Events that the windows of rules look at; null while no rule asks for any.</summary>
    public WindowEvents? Windows { get; set; }

    public int PlaceCount { get; private set; }

    public ReadOnlySpan<UserPlace> Places => places.AsSpan(0, PlaceCount);

    /// <summary>The profile for vectors of a version that callers made; null when only other versions are known.</summary>
    public ProfileWindow? FindCallerProfile(int version) => CallerVersion == version ? CallerProfile : null;

    /// <summary>The profile for vectors of a version that callers made; another version's is forgotten.</summary>
    public ProfileWindow UseCallerProfile(int version)
    {
        if (CallerProfile is { } known && CallerVersion == version) return known;
        CallerVersion = version;
        return CallerProfile = new ProfileWindow(UserBehaviorLayout.Dimension, 0, options.Profile, isUnitLength: false);
    }

    /// <summary>Remembers a place in order of event time; the oldest is forgotten.</summary>
    public void AddPlace(in UserPlace place)
    {
        if (PlaceCount == PlaceCapacity)
        {
            if (place.Ticks < places[0].Ticks) return;
            Array.Copy(places, 1, places, 0, --PlaceCount);
        }

        if (PlaceCount == places.Length) Array.Resize(ref places, Math.Clamp(2 * PlaceCount, 4, PlaceCapacity));
        int position = PlaceCount;
        while (position > 0 && places[position - 1].Ticks > place.Ticks) position--;
        Array.Copy(places, position, places, position + 1, PlaceCount - position);
        places[position] = place;
        PlaceCount++;
    }
}
