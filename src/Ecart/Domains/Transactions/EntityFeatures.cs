using Ecart.Profiles;
using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>
/// What the history of a merchant, device or address says to a model. Beside counts it follows the present run of fraud: days on which frauds that their
/// own events do not explain were all there was. How long such a run lasts is for the model to learn.
/// </summary>
internal static class EntityFeatures
{
    /// <summary>Stands for days that there are none of: longer ago than any history.</summary>
    public const float Never = 200;

    private const int Known7 = 0;
    private const int Known30 = 1;
    private const int Frauds7 = 2;
    private const int Frauds30 = 3;
    private const int Unexplained30 = 4;
    private const int Posterior = 5;
    private const int SinceFraud = 6;
    private const int SinceRunBegan = 7;
    private const int RunFrauds = 8;
    private const int RunGap = 9;
    private const int SinceClean = 10;
    private const int CleanSince = 11;
    private const int Pending = 12;

    public static IReadOnlyList<string> Names { get; } =
    [
        "known_7", "known_30", "frauds_7", "frauds_30", "unexplained_30", "compromise", "days_since_fraud", "days_since_run_began", "run_frauds",
        "run_gap", "days_since_clean", "clean_since_fraud", "pending",
    ];

    /// <summary>Fills the features of one entity.</summary>
    /// <param name="history">Its days; null when it has none.</param>
    /// <param name="today">The event's day.</param>
    /// <param name="knownUntil">The last day of which frauds are known: the labels of that day still come, so that an event there without one is not clean yet.</param>
    /// <param name="posterior">Probability of fraud there by <see cref="CompromiseFilter"/>.</param>
    /// <param name="features">Receives <see cref="Names"/>.</param>
    public static void Write(DailyHistory? history, int today, int knownUntil, double posterior, Span<float> features)
    {
        features.Clear();
        features[Posterior] = (float)posterior;
        var run = new FraudRun();
        if (history is not null)
        {
            foreach (ref readonly DayCount day in history.Days)
            {
                if (day.Day > today) break;
                if (day.Day > knownUntil) features[Pending] += day.Events;
                else Take(in day, knownUntil, features, ref run);
            }
        }

        features[SinceFraud] = Since(run.LastFraud, today);
        features[SinceRunBegan] = Since(run.Began, today);
        features[RunFrauds] = run.Frauds;
        features[RunGap] = run.Gap;
        features[SinceClean] = Since(run.LastClean, today);
        features[CleanSince] = run.CleanSince;
    }

    private static void Take(in DayCount day, int knownUntil, Span<float> features, ref FraudRun run)
    {
        int frauds = Math.Max(0, day.Frauds);
        int unexplained = Math.Clamp(day.Frauds - day.Evident, 0, frauds);
        int events = day.Day == knownUntil ? frauds : Math.Max(frauds, day.Events);
        int age = knownUntil - day.Day;
        if (age < 7)
        {
            features[Known7] += events;
            features[Frauds7] += frauds;
        }

        if (age < 30)
        {
            features[Known30] += events;
            features[Frauds30] += frauds;
            features[Unexplained30] += unexplained;
        }

        run.Take(day.Day, unexplained, clean: events - frauds);
    }

    private static float Since(int day, int today) => day == 0 ? Never : today - day;

    /// <summary>Follows days in their order.</summary>
    private struct FraudRun
    {
        public int LastFraud;
        public int Began;
        public int Frauds;
        public float Gap;
        public int LastClean;
        public int CleanSince;

        public void Take(int day, int unexplained, int clean)
        {
            if (clean > 0)
            {
                LastClean = day;
                Began = 0;
                Frauds = 0;
                Gap = 0;
                CleanSince += clean;
            }

            if (unexplained == 0) return;
            if (Frauds == 0)
            {
                Began = day;
                Gap = LastClean == 0 ? Never : day - LastClean;
            }

            Frauds += unexplained;
            LastFraud = day;
            CleanSince = 0;
        }
    }
}
