namespace Ecart.MariaDb.Writing;

/// <summary>
/// The server refused rows that cannot be set aside one by one: keys already known, or a table that is not as the program expects. Nothing of
/// the batch was written.
/// </summary>
public sealed class BatchRefusedException(string message) : Exception(message)
{
}
