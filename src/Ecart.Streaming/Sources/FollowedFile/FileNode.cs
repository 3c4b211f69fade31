using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>The number under which a file system knows an open file, whatever its name.</summary>
internal static class FileNode
{
    private const int EmptyPath = 0x1000;
    private const uint InodeWanted = 0x100;
    private const int StructureLength = 256;
    private const int InodeOffset = 32;

    /// <summary>The inode; where the system has none, a number that stands for the file's creation time.</summary>
    public static ulong Of(FileStream file)
    {
        if (OperatingSystem.IsLinux())
        {
            // Unlike stat, statx has one layout on all machines.
            byte[] status = new byte[StructureLength];
            if (GetStatus(file.SafeFileHandle, Encoding.UTF8.GetBytes("\0"), EmptyPath, InodeWanted, status) == 0)
                return BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(InodeOffset));
        }

        return (ulong)File.GetCreationTimeUtc(file.SafeFileHandle).Ticks;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(SafeFileHandle folder, byte[] path, int flags, uint mask, byte[] status);
}
