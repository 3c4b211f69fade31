namespace Ecart.Checker.Faults;

/// <summary>What is broken.</summary>
internal enum Fault
{
    /// <summary>SIGKILL of the service, which is started again.</summary>
    KillService,

    /// <summary>SIGKILL of the database, which is started again.</summary>
    KillServer,

    /// <summary>SIGSTOP of the service, SIGCONT two seconds later.</summary>
    PauseService,

    /// <summary>Every connection killed by the server.</summary>
    KillConnections,

    /// <summary>The connection cut at the next COMMIT: before the server gets it, or before the service gets the answer.</summary>
    CutCommit,

    /// <summary>No room on the disk of the database for three seconds.</summary>
    FillDisk,

    /// <summary>The broker takes no connection for a while; what it holds, it keeps.</summary>
    BrokerOutage,

    /// <summary>The broker answers some requests of each kind with errors.</summary>
    BrokerErrors,

    /// <summary>Strangers join and leave the consumer groups, and commit offsets that are none of their business.</summary>
    Rebalances,
}
