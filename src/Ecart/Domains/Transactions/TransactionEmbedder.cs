using Ecart.Embedding;
using Ecart.Vectors;

namespace Ecart.Domains.Transactions;

/// <summary>Writes a transaction as a vector by <see cref="TransactionLayout"/>. Stateless.</summary>
internal static class TransactionEmbedder
{
    private const double SaturationMinutes = 60 * 24 * 30;

    /// <summary>Fills the context's event into 128 floats of Euclidean length 1. The context's embedding is not read.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    public static bool Embed(in TransactionContext context, Span<float> vector)
    {
        vector.Clear();
        TransactionEvent transaction = context.Event;
        vector[TransactionLayout.Amount] = (float)(context.LogAmount / 10);
        WriteTime(transaction.LocalTime, vector);
        vector[TransactionLayout.Channel + (int)transaction.Channel] = 0.4f;
        WriteHashed(transaction.MerchantCategory, TransactionLayout.Category, TransactionLayout.CategoryBuckets, 0.3f, vector);
        WriteHashed(transaction.Country, TransactionLayout.Country, TransactionLayout.CountryBuckets, 1, vector);
        WriteHashed(transaction.MerchantId, TransactionLayout.Merchant, TransactionLayout.MerchantBuckets, 0.15f, vector);
        WriteHashed(transaction.DeviceId, TransactionLayout.Device, TransactionLayout.DeviceBuckets, 0.15f, vector);
        WriteHashed(transaction.IpAddress, TransactionLayout.Address, TransactionLayout.AddressBuckets, 0.15f, vector);
        WritePosition(transaction, vector);
        WriteBehaviour(in context, vector);
        WriteAmounts(in context, vector);
        VectorMath.NormalizeInPlace(vector);
        return VectorMath.IsFinite(vector);
    }

    private static void WriteTime(DateTime local, Span<float> vector)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * local.TimeOfDay.TotalHours / 24);
        vector[TransactionLayout.HourSin] = (float)(0.3 * sin);
        vector[TransactionLayout.HourCos] = (float)(0.3 * cos);
        (sin, cos) = Math.SinCos(2 * Math.PI * (int)local.DayOfWeek / 7);
        vector[TransactionLayout.DaySin] = (float)(0.1 * sin);
        vector[TransactionLayout.DayCos] = (float)(0.1 * cos);
        vector[TransactionLayout.Weekend] = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.1f : 0;
    }

    private static void WriteHashed(string? text, int start, int buckets, float weight, Span<float> vector)
    {
        if (text is not null) vector[start + FeatureHash.Bucket(text, buckets)] = weight;
    }

    private static void WritePosition(TransactionEvent transaction, Span<float> vector)
    {
        if (!transaction.HasPosition) return;
        (double sinLatitude, double cosLatitude) = Math.SinCos(double.DegreesToRadians(transaction.Latitude));
        (double sinLongitude, double cosLongitude) = Math.SinCos(double.DegreesToRadians(transaction.Longitude));
        vector[TransactionLayout.PositionX] = (float)(0.3 * cosLatitude * cosLongitude);
        vector[TransactionLayout.PositionY] = (float)(0.3 * cosLatitude * sinLongitude);
        vector[TransactionLayout.PositionZ] = (float)(0.3 * sinLatitude);
    }

    private static void WriteBehaviour(in TransactionContext context, Span<float> vector)
    {
        double minutes = double.IsNaN(context.MinutesSincePrevious) ? SaturationMinutes : context.MinutesSincePrevious;
        vector[TransactionLayout.SincePrevious] = (float)(Math.Log(1 + Math.Min(minutes, SaturationMinutes)) / 20);
        vector[TransactionLayout.MerchantNovelty] = (float)(0.3 * context.Novelty.Merchant);
        vector[TransactionLayout.CategoryNovelty] = (float)(0.3 * context.Novelty.Category);
        vector[TransactionLayout.CountryNovelty] = (float)(2 * context.Novelty.Country);
        vector[TransactionLayout.DeviceNovelty] = (float)(2 * context.Novelty.Device);
        vector[TransactionLayout.ChannelNovelty] = (float)(0.5 * context.Novelty.Channel);
        vector[TransactionLayout.HourRarity] = (float)(0.3 * context.Novelty.Hour);
        vector[TransactionLayout.CountHour] = (float)(1.5 * Math.Log(1 + context.EarlierInWindow));
        vector[TransactionLayout.CountDay] = (float)(Math.Log(1 + context.EarlierInDay) / 2);
        if (context.HasPreviousPlace && !double.IsNaN(context.KmFromPlace))
        {
            vector[TransactionLayout.TravelDistance] = (float)(Math.Log(1 + context.KmFromPlace) / 10);
            double speed = context.KmFromPlace / Math.Max(1, context.MinutesSincePlace) * 60;
            vector[TransactionLayout.TravelSpeed] = (float)(Math.Log(1 + speed) / 10);
        }

        vector[TransactionLayout.Night] = context.Options.NightActivity.Contains(context.LocalHour) ? 0.2f : 0;
    }

    private static void WriteAmounts(in TransactionContext context, Span<float> vector)
    {
        double amount = context.Event.ScoredAmount;
        vector[TransactionLayout.RoundAmount] = amount > 0 && amount % 10 == 0 ? 0.1f : 0;
        vector[TransactionLayout.ForeignCurrency] =
            string.Equals(context.Event.Currency, context.Options.Currency, StringComparison.Ordinal) ? 0 : 0.5f;
        if (context.Profile.Count < 2) return;
        double mean = context.Amounts.Mean;
        double sigma = context.Options.Profile.FloorSigma(context.Amounts.SampleDeviation, mean);
        double logMean = context.LogAmounts.Mean;
        double logSigma = context.Options.Profile.FloorSigma(context.LogAmounts.SampleDeviation, logMean);
        vector[TransactionLayout.AmountDeviation] = (float)(Math.Clamp((amount - mean) / sigma, -5, 10) / 5);
        vector[TransactionLayout.AmountLogDeviation] = (float)(Math.Clamp((context.LogAmount - logMean) / logSigma, -5, 10) / 20);
        vector[TransactionLayout.AmountToMaximum] = (float)(Math.Min(5, amount / Math.Max(1, context.Amounts.Maximum)) / 5);
        vector[TransactionLayout.AmountDay] = (float)(Math.Log(1 + (context.AmountInDay / Math.Max(1, mean))) / 6);
    }
}
