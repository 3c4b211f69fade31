namespace Ecart.Eval.Schonlau;

/// <summary>One user's commands in their order, and which blocks somebody else typed.</summary>
/// <param name="Id">The user.</param>
/// <param name="Commands">Hashes of the commands, whole blocks.</param>
/// <param name="IsMasquerade">One a block.</param>
internal sealed record SchonlauUser(string Id, ulong[] Commands, bool[] IsMasquerade)
{
    /// <summary>Commands of a block.</summary>
    public const int BlockLength = 100;

    /// <summary>Blocks at the beginning that are known to be the user's own.</summary>
    public const int CleanBlocks = 50;

    public int Blocks => IsMasquerade.Length;

    public ReadOnlySpan<ulong> Block(int block) => Commands.AsSpan(block * BlockLength, BlockLength);
}
