namespace Ecart.Scoring;

/// <summary>Stable, language-neutral codes of evidence. They are stored and appear in the API: never rename one.</summary>
public static class EvidenceCode
{
    /// <summary>The event is far from the entity's usual behaviour, in standard deviations of its own distances.</summary>
    public const string BehaviorDistance = "behavior_distance";

    /// <summary>Distance to the entity's centroid.</summary>
    public const string ProfileDistance = "profile_distance";

    /// <summary>Mean distance to the nearest normal events of the entity.</summary>
    public const string KnnDistance = "knn_distance";

    /// <summary>Outside every known cluster of behaviour.</summary>
    public const string OutsideClusters = "outside_clusters";

    /// <summary>The entity has no profile yet.</summary>
    public const string NewProfile = "new_profile";

    /// <summary>Within the radius of a known threat.</summary>
    public const string Signature = "signature";

    /// <summary>The amount is unusual for the account.</summary>
    public const string AmountAnomaly = "amount_anomaly";

    /// <summary>More transactions shortly before, by default in an hour, than the account's own rhythm explains.</summary>
    public const string Velocity = "velocity";

    /// <summary>Two card-present transactions too far apart for the time between them.</summary>
    public const string ImpossibleTravel = "impossible_travel";

    /// <summary>Above the domain's high amount.</summary>
    public const string HighAmount = "high_amount";

    /// <summary>Above the domain's very high amount.</summary>
    public const string VeryHighAmount = "very_high_amount";

    /// <summary>At night by local time.</summary>
    public const string NightActivity = "night_activity";

    /// <summary>The merchant, device or address has a history of confirmed fraud.</summary>
    public const string EntityHistory = "entity_history";

    /// <summary>A static rule of the domain matched.</summary>
    public const string Rule = "rule";

    /// <summary>The latest actions of the user look like somebody else's.</summary>
    public const string Sequence = "sequence";

    /// <summary>The account is used from several places or devices at once.</summary>
    public const string SharedCredentials = "shared_credentials";

    /// <summary>Failures in a row as of somebody who guesses a password, or the success after them.</summary>
    public const string PasswordGuessing = "password_guessing";

    /// <summary>The user was never seen on this device.</summary>
    public const string NewDevice = "new_device";

    /// <summary>The user was never seen in this country.</summary>
    public const string NewPlace = "new_place";

    /// <summary>The user was never seen in this network.</summary>
    public const string NewNetwork = "new_network";

    /// <summary>The user never used this resource.</summary>
    public const string NewResource = "new_resource";

    /// <summary>The user is hardly ever seen at this hour of the day.</summary>
    public const string UnusualHour = "unusual_hour";

    /// <summary>A user without a profile does what no user of the same role ever did.</summary>
    public const string OutsidePeers = "outside_peers";

    /// <summary>A declared field's value is far from what is usual for the entity; the subject is the field.</summary>
    public const string FieldDeviation = "field_deviation";

    /// <summary>A declared field has a value that the entity never had; the subject is the field.</summary>
    public const string NewValue = "new_value";

    /// <summary>A trained detector finds hardly any normal event near this one.</summary>
    public const string Density = "density";

    /// <summary>A trained detector tells the event apart from normal ones by few questions.</summary>
    public const string Isolation = "isolation";

    /// <summary>The event does not fit the pattern that a trained model found in normal ones.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>A trained detector of another kind finds the event strange.</summary>
    public const string Outlier = "outlier";

    /// <summary>The source tried many ports within minutes.</summary>
    public const string PortScan = "port_scan";

    /// <summary>The source tried many hosts on one port within minutes.</summary>
    public const string HostScan = "host_scan";

    /// <summary>Many distinct targets of the source failed over the day.</summary>
    public const string SlowScan = "slow_scan";

    /// <summary>The source has never connected to this destination.</summary>
    public const string NewDestination = "new_destination";

    /// <summary>Very much data out to a new destination.</summary>
    public const string Exfiltration = "exfiltration";

    /// <summary>Connections at regular intervals and of regular size.</summary>
    public const string Beaconing = "beaconing";

    /// <summary>A flood of connections or packets.</summary>
    public const string Flood = "flood";

    /// <summary>Many log-ins that failed.</summary>
    public const string BruteForce = "brute_force";

    /// <summary>The source began to administer many inner hosts.</summary>
    public const string LateralMovement = "lateral_movement";

    /// <summary>Many names that do not exist were asked for.</summary>
    public const string GeneratedNames = "generated_names";

    /// <summary>Another sensor raised an alert.</summary>
    public const string SensorAlert = "sensor_alert";

    /// <summary>The class of threat, with what the score lacked to the least of that class.</summary>
    public const string ThreatClass = "threat_class";

    /// <summary>A signal did what its own series never did.</summary>
    public const string TimeSeries = "time_series";

    /// <summary>The signals of a device do not fit each other as they did.</summary>
    public const string JointProcess = "joint_process";

    /// <summary>A signal has been moving away from what is normal for it.</summary>
    public const string Drift = "drift";

    /// <summary>A sensor reports one value for longer than its history makes plausible.</summary>
    public const string StuckSensor = "stuck_sensor";

    /// <summary>A signal is in another unit than before.</summary>
    public const string UnitChange = "unit_change";

    /// <summary>A signal was silent for much longer than usual.</summary>
    public const string Gap = "gap";

    /// <summary>A device's clock had been ahead and was set back.</summary>
    public const string ClockJump = "clock_jump";

    /// <summary>The code of a trained detector's evidence, by the detector's kind.</summary>
    public static string OfDetector(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind.Contains("isolation", StringComparison.Ordinal) || kind is "random_cut_forest" or "half_space_trees") return Isolation;
        if (kind.StartsWith("pca", StringComparison.Ordinal) || kind.Contains("autoencoder", StringComparison.Ordinal)) return Reconstruction;
        bool isDensity = kind.EndsWith("knn", StringComparison.Ordinal) || kind.Contains("neighbour", StringComparison.Ordinal)
            || kind.Contains("lof", StringComparison.Ordinal) || kind.Contains("local_outlier", StringComparison.Ordinal)
            || kind.EndsWith("dbscan", StringComparison.Ordinal);
        return isDensity ? Density : Outlier;
    }

    /// <summary>Whether the evidence is a trained detector's.</summary>
    public static bool IsLearned(string code) => code is Density or Isolation or Reconstruction or Outlier;
}
