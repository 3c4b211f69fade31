using Ecart.Detection.Streaming.Entities;
using Ecart.Profiles;
using Ecart.Rules.Windows;

namespace Ecart.Domains.Transactions;

/// <summary>
/// Everything remembered of one account: its profile, its last day, its last places and what it is used to. A fold over the account's
/// committed events. Not thread-safe: owned by the account's lane.
/// </summary>
internal sealed class AccountState : ResidentEntity
{
    internal const int PlaceCapacity = 32;
    private const int RecentCapacity = 256;
    internal const int MeasureLogAmount = 0;
    internal const int MeasureAmount = 1;
    internal const int MeasureClippedAmount = 2;
    internal const int Measures = 3;
    private CardPlace[] places = [];

    public AccountState(string accountId, TransactionOptions options, bool isUnitLength, StreamSlots streams)
        : base(accountId)
    {
        Profile = new ProfileWindow(TransactionLayout.Dimension, Measures, options.Profile, isUnitLength);
        Streams = new EntityStreamSet(streams);
        Recent = new EventTimeWindow(TimeSpan.FromMinutes((24 * 60) + options.AllowedLatenessMinutes), RecentCapacity);
    }

    public int Lane { get; set; }

    /// <summary>The newest log entry that this state includes.</summary>
    public long Seq { get; set; }

    /// <summary>The log entry up to which the profile was published.</summary>
    public long PublishedSeq { get; set; }

    public ProfileWindow Profile { get; }

    /// <summary>All events, normal or not, of the 24 hours before the latest event that may still come.</summary>
    public EventTimeWindow Recent { get; }

    /// <summary>Its own streaming detectors, as far as the configuration names any.</summary>
    public EntityStreamSet Streams { get; }

    /// <summary>Merchants of normal events, hashed.</summary>
    public RecentSet Merchants { get; } = new(64);

    /// <summary>Devices of normal events, hashed.</summary>
    public RecentSet Devices { get; } = new(16);

    public TopCounts Categories { get; } = new(16);

    public TopCounts Countries { get; } = new(8);

    /// <summary>Normal events by channel.</summary>
    public int[] Channels { get; } = new int[TransactionLayout.ChannelCount];

    /// <summary>Newest event time seen, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>Surprises of earlier events, each halved by the half-life since then; as of <see cref="SurpriseTicks"/>.</summary>
    public double Surprise { get; set; }

    public long SurpriseTicks { get; set; }

    /// <summary>Events that the windows of rules look at; null while no rule asks for any.</summary>
    public WindowEvents? Windows { get; set; }

    public int PlaceCount { get; private set; }

    public ReadOnlySpan<CardPlace> Places => places.AsSpan(0, PlaceCount);

    /// <summary>Finds where the card was last present at or before a time.</summary>
    public bool TryFindPlaceBefore(long ticks, out CardPlace place)
    {
        for (int i = PlaceCount - 1; i >= 0; i--)
        {
            if (places[i].Ticks > ticks) continue;
            place = places[i];
            return true;
        }

        place = default;
        return false;
    }

    /// <summary>Remembers a place in order of event time; the oldest is forgotten.</summary>
    public void AddPlace(in CardPlace place)
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
