using System.Net.Sockets;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>Which failures pass by themselves: a lost connection, a lock not got, a record changed meanwhile, a full disk. Nothing else does.</summary>
public static class TransientErrors
{
    /// <summary>How the driver begins its refusal of a command on a connection that was lost with the command before. It has no type of its own.</summary>
    private const string NotOpen = "Connection must be Open";

    private const int DiskFull = 1021;
    private const int TableFull = 1114;
    private const int ErrorOnWrite = 1026;
    private const int ServerShutdown = 1053;
    private const int RecordChanged = 1020;
    private const int TooManyConnections = 1040;
    private const int QueryInterrupted = 1317;
    private const int ConnectionKilled = 1927;
    private const int ServerGone = 2006;
    private const int ServerLost = 2013;

    /// <summary>True when trying again can help.</summary>
    public static bool IsTransient(Exception error) => error switch
    {
        MySqlException mariaDb => IsTransient(mariaDb),
        SocketException or EndOfStreamException or IOException or TimeoutException => true,
        InvalidOperationException { InnerException: { } inner } => IsTransient(inner),
        InvalidOperationException refused => refused.Message.StartsWith(NotOpen, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>True when the connection itself is lost, so that the outcome of a COMMIT is unknown.</summary>
    public static bool IsConnectionLost(Exception error) => error switch
    {
        MySqlException mariaDb => mariaDb.Number is 0 or ServerShutdown or QueryInterrupted or ConnectionKilled or ServerGone or ServerLost
            || mariaDb.ErrorCode == MySqlErrorCode.UnableToConnectToHost
            || mariaDb.InnerException is not null,
        _ => true,
    };

    private static bool IsTransient(MySqlException error) =>
        error.IsTransient
        || error.ErrorCode is MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.UnableToConnectToHost
        || error.Number is DiskFull or TableFull or ErrorOnWrite or ServerShutdown or RecordChanged or TooManyConnections or QueryInterrupted
            or ConnectionKilled or ServerGone or ServerLost or 0
        || error.InnerException is SocketException or IOException;
}
