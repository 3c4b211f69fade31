namespace Ecart.App.Tests.Programs;

/// <summary>What a program left behind.</summary>
internal sealed record ProgramResult(int Code, string Output, string Errors)
{
    /// <summary>Everything, for messages of failed assertions.</summary>
    public string Everything => $"code {Code}\n{Output}\n{Errors}";
}
