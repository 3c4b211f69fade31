namespace Ecart.MariaDb.Schema;

/// <summary>The database cannot be brought to this program's schema. The message says what was found and what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException()
    {
    }

    public MigrationException(string message)
        : base(message)
    {
    }

    public MigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
