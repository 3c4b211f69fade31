using Ecart.Embedding;
using Ecart.Vectors;

namespace Ecart.Domains.UserBehavior;

/// <summary>Writes a user's action as a vector by <see cref="UserBehaviorLayout"/>. Stateless.</summary>
internal static class UserBehaviorEmbedder
{
    private const double SaturationMinutes = 60 * 24 * 30;

    /// <summary>Fills the context's event into 256 floats of Euclidean length 1. The context's embedding and sequence score are not read.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    public static bool Embed(in UserBehaviorContext context, Span<float> vector)
    {
        vector.Clear();
        UserBehaviorEvent action = context.Event;
        WriteTime(action.LocalTime, vector);
        vector[UserBehaviorLayout.Outcome + (int)action.Outcome] = 0.3f;
        WriteHashed(FeatureHash.Of(action.EventType), UserBehaviorLayout.Type, UserBehaviorLayout.TypeBuckets, 0.5f, vector);
        WriteHashed(FeatureHash.Of(action.Resource), UserBehaviorLayout.Resource, UserBehaviorLayout.ResourceBuckets, 0.3f, vector);
        ulong wide = UserHabit.Prefix(action.SourceIp, UserHabit.WideVersion4, UserHabit.WideVersion6);
        ulong narrow = UserHabit.Prefix(action.SourceIp, UserHabit.NarrowVersion4, UserHabit.NarrowVersion6);
        WriteHashed(wide, UserBehaviorLayout.WideNetwork, UserBehaviorLayout.WideNetworkBuckets, 0.3f, vector);
        WriteHashed(narrow, UserBehaviorLayout.Network, UserBehaviorLayout.NetworkBuckets, 0.2f, vector);
        WriteHashed(FeatureHash.Of(action.UserAgent), UserBehaviorLayout.Agent, UserBehaviorLayout.AgentBuckets, 0.2f, vector);
        WriteHashed(FeatureHash.Of(action.DeviceId), UserBehaviorLayout.Device, UserBehaviorLayout.DeviceBuckets, 0.3f, vector);
        WriteHashed(FeatureHash.Of(action.Country), UserBehaviorLayout.Country, UserBehaviorLayout.CountryBuckets, 0.6f, vector);
        WriteHashed(FeatureHash.Of(action.City), UserBehaviorLayout.City, UserBehaviorLayout.CityBuckets, 0.15f, vector);
        WriteHashed(FeatureHash.Of(action.Role), UserBehaviorLayout.Role, UserBehaviorLayout.RoleBuckets, 0.15f, vector);
        WritePosition(action, vector);
        WriteBehaviour(in context, vector);
        VectorMath.NormalizeInPlace(vector);
        return VectorMath.IsFinite(vector);
    }

    private static void WriteTime(DateTime local, Span<float> vector)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * local.TimeOfDay.TotalHours / 24);
        vector[UserBehaviorLayout.HourSin] = (float)(0.3 * sin);
        vector[UserBehaviorLayout.HourCos] = (float)(0.3 * cos);
        (sin, cos) = Math.SinCos(2 * Math.PI * (int)local.DayOfWeek / 7);
        vector[UserBehaviorLayout.DaySin] = (float)(0.1 * sin);
        vector[UserBehaviorLayout.DayCos] = (float)(0.1 * cos);
        vector[UserBehaviorLayout.Weekend] = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.1f : 0;
    }

    private static void WriteHashed(ulong hash, int start, int buckets, float weight, Span<float> vector)
    {
        if (hash != 0) vector[start + FeatureHash.Bucket(hash, buckets)] = weight;
    }

    private static void WritePosition(UserBehaviorEvent action, Span<float> vector)
    {
        if (!action.HasPosition) return;
        (double sinLatitude, double cosLatitude) = Math.SinCos(double.DegreesToRadians(action.Latitude));
        (double sinLongitude, double cosLongitude) = Math.SinCos(double.DegreesToRadians(action.Longitude));
        vector[UserBehaviorLayout.PositionX] = (float)(0.3 * cosLatitude * cosLongitude);
        vector[UserBehaviorLayout.PositionY] = (float)(0.3 * cosLatitude * sinLongitude);
        vector[UserBehaviorLayout.PositionZ] = (float)(0.3 * sinLatitude);
    }

    private static void WriteBehaviour(in UserBehaviorContext context, Span<float> vector)
    {
        double minutes = double.IsNaN(context.MinutesSincePrevious) ? SaturationMinutes : context.MinutesSincePrevious;
        vector[UserBehaviorLayout.SincePrevious] = (float)(Math.Log(1 + Math.Min(minutes, SaturationMinutes)) / 30);
        vector[UserBehaviorLayout.CountHour] = (float)(Math.Log(1 + context.EarlierInHour) / 10);
        vector[UserBehaviorLayout.FailuresHour] = (float)(Math.Log(1 + context.FailuresInHour) / 2);
        vector[UserBehaviorLayout.DeviceNovelty] = (float)(0.4 * context.Novelty.Device);
        vector[UserBehaviorLayout.AgentNovelty] = (float)(0.3 * context.Novelty.Agent);
        vector[UserBehaviorLayout.NetworkNovelty] = (float)(0.4 * context.Novelty.Network);
        vector[UserBehaviorLayout.CountryNovelty] = (float)(0.4 * context.Novelty.Country);
        vector[UserBehaviorLayout.ResourceNovelty] = (float)(0.4 * context.Novelty.Resource);
        vector[UserBehaviorLayout.TypeNovelty] = (float)(0.4 * context.Novelty.Type);
        vector[UserBehaviorLayout.HourRarity] = (float)(0.4 * context.Novelty.Hour);
        vector[UserBehaviorLayout.Sources] = (float)(Math.Log(context.Sources) / 2);
        if (!context.HasPreviousPlace || double.IsNaN(context.KmFromPlace)) return;
        vector[UserBehaviorLayout.TravelDistance] = (float)(Math.Log(1 + context.KmFromPlace) / 10);
        double speed = context.KmFromPlace / Math.Max(1, context.MinutesSincePlace) * 60;
        vector[UserBehaviorLayout.TravelSpeed] = (float)(Math.Log(1 + speed) / 10);
    }
}
