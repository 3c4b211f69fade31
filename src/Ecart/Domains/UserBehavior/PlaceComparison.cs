using Ecart.Vectors;

namespace Ecart.Domains.UserBehavior;

/// <summary>Where the user is now against where the user was: how fast a journey that would be, and whether several people act at once.</summary>
internal readonly ref struct PlaceComparison(UserBehaviorOptions options, ReadOnlySpan<UserPlace> places)
{
    private readonly ReadOnlySpan<UserPlace> places = places;

    /// <summary>Against the newest earlier event that says where it was.</summary>
    public void AddTravel(in UserPlace now, ref UserBehaviorContext context)
    {
        if (!now.IsSomewhere) return;
        for (int i = places.Length - 1; i >= 0; i--)
        {
            ref readonly UserPlace place = ref places[i];
            if (place.Ticks > now.Ticks || !place.IsSomewhere) continue;
            context.HasPreviousPlace = true;
            context.MinutesSincePlace = (now.Ticks - place.Ticks) / (double)TimeSpan.TicksPerMinute;
            context.KmFromPlace = Kilometres(in place, in now);
            context.IsOtherCountry = IsOtherCountry(in place, in now);
            return;
        }
    }

    /// <summary>Against all of the window: every change between devices in different networks counts that comes back to one seen before.</summary>
    public void AddSources(in UserPlace now, ref UserBehaviorContext context)
    {
        long from = now.Ticks - (options.SharedCredentials.WindowMinutes * TimeSpan.TicksPerMinute);
        UserPlace last = now;
        int sources = 1;
        int changes = 0;
        for (int i = places.Length - 1; i >= 0 && places[i].Ticks > from; i--)
        {
            ref readonly UserPlace place = ref places[i];
            if (place.Ticks > now.Ticks) continue;
            if (place.IsElsewhere(in last))
            {
                changes++;
                last = place;
                context.AreSourcesApart |= IsOtherCountry(in place, in now) || Kilometres(in place, in now) >= options.SharedCredentials.MinimumKm;
            }

            if (IsFirstOf(i, now, from)) sources++;
        }

        context.Sources = sources;
        context.SourceChanges = changes;
    }

    /// <summary>Whether no later place of the window, and not the present one, is the same device or network.</summary>
    private bool IsFirstOf(int position, in UserPlace now, long from)
    {
        ref readonly UserPlace place = ref places[position];
        if (!place.IsElsewhere(in now)) return false;
        for (int i = position + 1; i < places.Length && places[i].Ticks > from; i++)
            if (places[i].Ticks <= now.Ticks && !place.IsElsewhere(in places[i])) return false;
        return true;
    }

    private static double Kilometres(in UserPlace from, in UserPlace to) => from.HasPosition && to.HasPosition
        ? Geodesy.HaversineKm(from.Latitude, from.Longitude, to.Latitude, to.Longitude)
        : double.NaN;

    private static bool IsOtherCountry(in UserPlace from, in UserPlace to) =>
        from.Country is not null && to.Country is not null && !string.Equals(from.Country, to.Country, StringComparison.Ordinal);
}
